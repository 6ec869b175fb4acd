using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of a ConvTranspose by its weights: the windows of that of the output (input 0) times the input (input 1), in the shape of input 2,
/// summed over samples as <see cref="ConvWeightGradient"/> does.
/// </summary>
internal sealed class ConvTransposeWeightGradient : ConvolutionGradient
{
    public override string Name => "ConvTransposeWeightGradient";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var attributes = Attributes.None.With("strides", ImmutableArray.Create(2L)).With("pads", ImmutableArray.Create(1L, 0L)).With("output_padding", ImmutableArray.Create(1L)).With("group", 2);
            yield return ConvCase.Of("strides and padding", attributes, Sample.Values(1, 2, 4, 7), Sample.Values(2, 2, 2, 3), Sample.Values(3, 2, 2, 3));
        }
    }

    public override Action Compile(KernelContext context) =>
        ConvWeightGradient.Compile(context, ConvTranspose.Layout(context, context.InputShape(1), context.InputShape(2)), dy: 1, x: 0);
}
