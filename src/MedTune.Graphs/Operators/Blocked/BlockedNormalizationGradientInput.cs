using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of x of a <see cref="BlockedNormalizationGradient"/> whose sums are known. Inputs: the gradient that arrives, x, the <see cref="NormalizationTable"/>; bounds as there.</summary>
internal sealed class BlockedNormalizationGradientInput : BlockedOperator
{
    public override string Name => "BlockedNormalizationGradientInput";

    public override int MinimumInputs => 3;

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(0)];

    public override Action Compile(KernelContext context)
    {
        var backward = new NormalizationBackward(ImageOf(context.InputShape(0)));
        var (g, x, table, dx, pool) = (context.Input<float>(0), context.Input<float>(1), context.Input<float>(2), context.Output<float>(), context.Pool);
        var (minimum, maximum) = Clamp.Of(context.Attributes);
        return () => backward.Input(g.Span, x.Span, table.Span, dx.Span, minimum, maximum, pool);
    }
}
