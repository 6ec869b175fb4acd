using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Filters in the order in which the tiles of a blocked convolution read them: once for constant filters, once a step for trained ones.</summary>
internal sealed class PackFilters : BlockedOperator
{
    public override string Name => "PackFilters";

    public override int MinimumInputs => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Float, [BlockedConv.Convolution(context.Attributes).PackedLength])];

    public override Action Compile(KernelContext context)
    {
        var convolution = BlockedConv.Convolution(context.Attributes);
        var (filters, packed, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        return () => convolution.Pack(filters.Span, packed.Span, pool);
    }
}
