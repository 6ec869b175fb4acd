using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Whether the optional input is given.</summary>
internal sealed class OptionalHasElement : Operator
{
    public override string Name => "OptionalHasElement";

    public override int SinceOpset => 15;

    public override int MinimumInputs => 0;

    public override int MaximumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("given", Sample.Values(1, 3));
            yield return new("left out", []);
        }
    }

    public override bool ReadsValues(int input) => false;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [new TensorType(ElementType.Bool, [])];

    public override Action Compile(KernelContext context)
    {
        var (isGiven, y) = (context.Has(0), context.Output<bool>());
        return () => y[0] = isGiven;
    }
}
