using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// A BlockedDepthwise with the BlockedConv of single pixels before it (sizes <c>expand</c>), after it (<c>project</c>), or both, as one step. Inputs: x and the
/// depthwise filters; then, empty where there is none, filters and bias of the one before, the depthwise bias, filters and bias of the one after, an addend like the output. Bounds stand under <c>expand_</c>, <c>depthwise_</c> and <c>project_</c>.
/// </summary>
internal sealed class BlockedSeparable : BlockedOperator
{
    public const string Before = "expand";
    public const string Middle = "depthwise";
    public const string After = "project";

    public override string Name => "BlockedSeparable";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 8;

    /// <summary>Multiply-adds of all three.</summary>
    public static long Products(Attributes attributes)
    {
        var depthwise = ConvolutionSizes.Read(attributes, Middle);
        return (long)((SizesOf(attributes, Before)?.Products ?? 0) + (depthwise.Products / depthwise.Channels) + (SizesOf(attributes, After)?.Products ?? 0));
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var last = SizesOf(context.Attributes, After) ?? ConvolutionSizes.Read(context.Attributes, Middle);
        return [Blocked(last.Batch, last.Outputs, last.OutputHeight, last.OutputWidth)];
    }

    public override Action Compile(KernelContext context)
    {
        var attributes = context.Attributes;
        var chain = new SeparableConvolution(SizesOf(attributes, Before), ConvolutionSizes.Read(attributes, Middle), SizesOf(attributes, After));
        var (x, y, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        var scratch = context.Scratch<float>(chain.ScratchLength(pool.Threads));
        Buffer<float> Optional(int input) => context.Has(input) ? context.Input<float>(input) : default;
        var (filters, expandFilters, expandBias, bias) = (context.Input<float>(1), Optional(2), Optional(3), Optional(4));
        var (projectFilters, projectBias, addend) = (Optional(5), Optional(6), Optional(7));
        var (expand, depthwise, project) = (Clamp.Of(attributes, "expand_"), Clamp.Of(attributes, "depthwise_"), Clamp.Of(attributes, "project_"));
        return () => chain.Run(
            x.Span,
            new ConvolutionStage { Filters = expandFilters.Span, Bias = expandBias.Span, Minimum = expand.Minimum, Maximum = expand.Maximum },
            new ConvolutionStage { Filters = filters.Span, Bias = bias.Span, Minimum = depthwise.Minimum, Maximum = depthwise.Maximum },
            new ConvolutionStage { Filters = projectFilters.Span, Bias = projectBias.Span, Minimum = project.Minimum, Maximum = project.Maximum },
            addend.Span,
            y.Span,
            scratch.Span,
            pool);
    }

    private static ConvolutionShape? SizesOf(Attributes attributes, string name) => attributes.Has(name) ? ConvolutionSizes.Read(attributes, name) : null;
}
