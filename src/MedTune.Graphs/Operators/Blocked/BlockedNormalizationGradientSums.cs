using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The sums of a <see cref="BlockedNormalizationGradient"/>, for a reader that computes the gradient of x as it reads. Inputs and attributes as there; outputs: the
/// <see cref="NormalizationTable"/>, [rows, channels], and the gradients of scale and bias.
/// </summary>
internal sealed class BlockedNormalizationGradientSums : BlockedOperator
{
    public override string Name => "BlockedNormalizationGradientSums";

    public override int MinimumInputs => 5;

    public override int MaximumInputs => 6;

    public override int MaximumOutputs => 3;

    /// <summary>The type of a table, from that of a list per channel.</summary>
    public static TensorType TableOf(TensorType channels) => new(ElementType.Float, [NormalizationTable.Rows, channels.Dimensions[0]]);

    /// <summary>Fills the table of a node with these inputs, and the gradients of scale and bias, its outputs 1 and 2.</summary>
    public static Action Sums(KernelContext context, Buffer<float> table)
    {
        var backward = new NormalizationBackward(ImageOf(context.InputShape(0)));
        var (g, x, scale, mean, variance) = (context.Input<float>(0), context.Input<float>(1), context.Input<float>(2), context.Input<float>(3), context.Input<float>(4));
        var dScale = context.HasOutput(1) ? context.Output<float>(1) : context.Scratch<float>(scale.Length);
        var dBias = context.HasOutput(2) ? context.Output<float>(2) : context.Scratch<float>(scale.Length);
        var bias = context.Has(5) ? context.Input<float>(5) : default;
        float epsilon = context.Attributes.Float("epsilon", 1e-5f);
        bool isBatch = context.Attributes.Int("batch", 0) == 1;
        var (minimum, maximum) = Clamp.Of(context.Attributes);
        var pool = context.Pool;
        return () =>
        {
            NormalizationTable.Begin(scale.Span, bias.Span, mean.Span, variance.Span, epsilon, table.Span);
            backward.Sums(g.Span, x.Span, table.Span, scale.Span, dScale.Span, dBias.Span, isBatch, minimum, maximum, pool);
        };
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [TableOf(context.Input(2)), context.Input(2), context.Input(2)];

    public override Action Compile(KernelContext context) => Sums(context, context.Output<float>());
}
