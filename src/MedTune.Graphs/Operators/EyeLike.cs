using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A matrix of the shape of the input with 1 on its <c>k</c>-th diagonal (above the main one when positive) and 0 elsewhere, of type <c>dtype</c> or the input's.</summary>
internal sealed class EyeLike : Operator
{
    public override string Name => "EyeLike";

    public override int SinceOpset => 9;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("main diagonal", Sample.Values(1, 3, 4));
            yield return new("below", Sample.Values(2, 4, 3)) { Attributes = Attributes.None.With("k", -2).With("dtype", 7) };
        }
    }

    public override bool ReadsValues(int input) => false;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var input = context.Input(0);
        long type = context.Attributes.Int("dtype", (long)input.Element);
        return (!input.HasRank || input.Rank == 2) && (ElementType)type is ElementType.Float or ElementType.Double or ElementType.Int64 or ElementType.Int32
            ? [new TensorType((ElementType)type, input.Dimensions)]
            : throw context.Error("it takes a matrix, and gives float, double, int64 or int32.");
    }

    public override Action Compile(KernelContext context) => context.OutputElement() switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        int columns = context.OutputShape()[1];
        long k = context.Attributes.Int("k", 0);
        var y = context.Output<T>();
        return () =>
        {
            Span<T> destination = y.Span;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = (i % columns) - (i / columns) == k ? T.One : T.Zero;
            }
        };
    }
}
