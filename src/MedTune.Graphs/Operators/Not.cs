using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Does not hold.</summary>
internal sealed class Not : Operator
{
    public override string Name => "Not";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("matrix", Sample.Bools(1, 3, 5));
        }
    }

    public override bool CanOverwrite(ShapeContext context, int input) => true;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(0, ElementType.Bool)];

    public override Action Compile(KernelContext context)
    {
        var (x, y) = (context.Input<bool>(0), context.Output<bool>());
        return () =>
        {
            Span<bool> source = x.Span;
            Span<bool> destination = y.Span;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = !source[i];
            }
        };
    }
}
