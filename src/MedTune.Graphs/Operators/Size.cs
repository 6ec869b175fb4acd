using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The number of elements of the input, as an Int64 scalar.</summary>
internal sealed class Size : Operator
{
    public override string Name => "Size";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("matrix", Sample.Values(1, 2, 3));
            yield return new("scalar", Sample.Values(2));
        }
    }

    public override bool ReadsValues(int input) => false;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [new TensorType(ElementType.Int64, [])];

    public override Action Compile(KernelContext context)
    {
        long length = context.InputShape(0).Length;
        var y = context.Output<long>();
        return () => y[0] = length;
    }
}
