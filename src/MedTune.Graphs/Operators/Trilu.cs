using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The upper triangle of the matrices in the last two axes (the lower one with upper = 0), the rest 0. Input 1 moves the diagonal: k columns to the
/// right, 0 by default.
/// </summary>
internal sealed class Trilu : Operator
{
    public override string Name => "Trilu";

    public override int SinceOpset => 14;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var lower = Attributes.None.With("upper", 0);
            yield return new("upper", Sample.Values(1, 4, 5));
            yield return new("lower", Sample.Values(2, 4, 5)) { Attributes = lower };
            yield return new("upper, moved right", Sample.Values(3, 2, 4, 5), Tensor.Scalar(2L));
            yield return new("lower, moved left", Sample.Values(4, 2, 5, 3), Tensor.Scalar(-1L)) { Attributes = lower };
            yield return new("moved outside", Sample.Values(5, 3, 3), Tensor.Vector(7L));
            yield return new("whole numbers", Sample.Longs(1, 9, 6, 3, 3)) { Attributes = lower };
            yield return new("truth values", Sample.Bools(7, 3, 4));
        }
    }

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.Int8, ElementType.UInt8, ElementType.Bool);
        if (context.Has(1))
        {
            context.Require(1, ElementType.Int64);
        }

        return type.HasRank && type.Rank < 2 ? throw context.Error($"its input is {type}; a matrix or a stack of matrices was expected.") : [type];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        ElementType.Int8 => Compile<sbyte>(context),
        ElementType.UInt8 => Compile<byte>(context),
        ElementType.Bool => Compile<bool>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        var dy = context.OutputGradient();
        context.Set(0, context.Has(1)
            ? context.Builder.Append(Name, [dy, context.Input(1)], context.Attributes)
            : context.Builder.Append(Name, [dy], context.Attributes));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged
    {
        var shape = context.InputShape(0);
        var (rows, columns) = (shape[shape.Rank - 2], shape[shape.Rank - 1]);
        bool isUpper = context.Attributes.Int("upper", 1) == 1;
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var moved = context.Has(1) ? context.Input<long>(1) : default;
        return () =>
        {
            long k = moved.Length > 0 ? Math.Clamp(moved[0], -rows, columns) : 0;
            for (int start = 0, row = 0; start < x.Length; start += columns, row = (row + 1) % rows)
            {
                // The diagonal's column: the upper triangle begins at it, the lower one ends with it.
                int diagonal = (int)Math.Clamp(row + k + (isUpper ? 0 : 1), 0, columns);
                var (from, to) = isUpper ? (diagonal, columns) : (0, diagonal);
                var destination = y.Span.Slice(start, columns);
                x.Span.Slice(start, columns)[from..to].CopyTo(destination[from..to]);
                destination[..from].Clear();
                destination[to..].Clear();
            }
        };
    }
}
