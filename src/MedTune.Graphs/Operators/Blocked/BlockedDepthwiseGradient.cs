using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The way back through normalization, depthwise Conv, normalization as one step. Inputs: the gradient behind the second normalization, what that normalized, its
/// <see cref="NormalizationTable"/>; packed filters; what the first normalization normalized, its scale, mean, variance and bias. Outputs: the gradient behind the first normalization, that of
/// the filters (<c>shape</c>), the first normalization's table, and the gradients of its scale and bias. Bounds behind the second normalization stand under <c>behind_</c>.
/// </summary>
internal sealed class BlockedDepthwiseGradient : BlockedOperator
{
    public const string Behind = "behind_";

    public override string Name => "BlockedDepthwiseGradient";

    public override int MinimumInputs => 9;

    public override int MaximumOutputs => 5;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var filters = new TensorType(ElementType.Float, [.. context.Attributes.Ints("shape").Select(extent => Dimension.FromValue((int)extent))]);
        return [context.Input(4), filters, BlockedNormalizationGradientSums.TableOf(context.Input(5)), context.Input(5), context.Input(5)];
    }

    public override Action Compile(KernelContext context)
    {
        var backward = new DepthwiseBackward(ConvolutionSizes.Read(context.Attributes));
        var (g, z, behind, packed, x) = (context.Input<float>(0), context.Input<float>(1), context.Input<float>(2), context.Input<float>(3), context.Input<float>(4));
        var (scale, mean, variance, bias) = (context.Input<float>(5), context.Input<float>(6), context.Input<float>(7), context.Input<float>(8));
        var (dy, dw, table) = (context.Output<float>(0), context.Output<float>(1), context.Output<float>(2));
        var dScale = context.HasOutput(3) ? context.Output<float>(3) : context.Scratch<float>(scale.Length);
        var dBias = context.HasOutput(4) ? context.Output<float>(4) : context.Scratch<float>(scale.Length);
        var scratch = context.Scratch<float>(backward.ScratchLength);
        float epsilon = context.Attributes.Float("epsilon", 1e-5f);
        bool isBatch = context.Attributes.Int("batch", 0) == 1;
        var (bounds, last, pool) = (Clamp.Of(context.Attributes), Clamp.Of(context.Attributes, Behind), context.Pool);
        return () =>
        {
            NormalizationTable.Begin(scale.Span, bias.Span, mean.Span, variance.Span, epsilon, table.Span);
            backward.Run(
                new NormalizationStage { Gradient = g.Span, Input = z.Span, Table = behind.Span, Minimum = last.Minimum, Maximum = last.Maximum },
                packed.Span,
                new NormalizationStage { Gradient = dy.Span, Input = x.Span, Table = table.Span, Minimum = bounds.Minimum, Maximum = bounds.Maximum },
                dw.Span,
                new NormalizationSums { Scale = scale.Span, IsBatch = isBatch, ScaleGradient = dScale.Span, ShiftGradient = dBias.Span },
                scratch.Span,
                pool);
        };
    }
}
