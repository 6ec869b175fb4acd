using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The way back through a batch normalization of blocked images. Inputs: the gradient that arrives, x, scale, mean, variance (per channel, filled up to whole
/// blocks), optionally the bias; outputs: the gradients of x, scale and bias, the last two filled up likewise. With <c>batch</c> = 1 mean and variance are the batch's own. With
/// <c>minimum</c> and <c>maximum</c>, which need the bias, gradients count only where the normalized x lay between them.
/// </summary>
internal sealed class BlockedNormalizationGradient : BlockedOperator
{
    public override string Name => "BlockedNormalizationGradient";

    public override int MinimumInputs => 5;

    public override int MaximumInputs => 6;

    public override int MaximumOutputs => 3;

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(0), context.Input(2), context.Input(2)];

    public override Action Compile(KernelContext context)
    {
        var table = context.Scratch<float>(NormalizationTable.Rows * context.InputShape(2).Length);
        var sums = BlockedNormalizationGradientSums.Sums(context, table);
        var backward = new NormalizationBackward(ImageOf(context.InputShape(0)));
        var (g, x, dx, pool) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>(), context.Pool);
        var (minimum, maximum) = Clamp.Of(context.Attributes);
        return () =>
        {
            sums();
            backward.Input(g.Span, x.Span, table.Span, dx.Span, minimum, maximum, pool);
        };
    }
}
