using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Blocked images, of the shape of input 1, in which every plane has the gradient of its mean (input 0, plain [N, C, 1...]) shared out.</summary>
internal sealed class BlockedGlobalMeanGradient : BlockedOperator
{
    public override string Name => "BlockedGlobalMeanGradient";

    public override int MinimumInputs => 2;

    public override bool ReadsValues(int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(1)];

    public override Action Compile(KernelContext context)
    {
        var image = ImageOf(context.OutputShape()) with { Channels = context.InputShape(0)[1] };
        var (dMeans, dx, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        return () => BlockedPooling.GlobalMeanGradient(image, dMeans.Span, dx.Span, pool);
    }
}
