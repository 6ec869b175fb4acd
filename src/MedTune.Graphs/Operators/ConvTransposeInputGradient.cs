using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of a ConvTranspose by its input: the convolution of that of the output (input 0) with the weights (input 1), in the shape of input 2.
/// </summary>
internal sealed class ConvTransposeInputGradient : ConvolutionGradient
{
    public override string Name => "ConvTransposeInputGradient";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var attributes = Attributes.None.With("strides", ImmutableArray.Create(2L)).With("pads", ImmutableArray.Create(1L, 0L)).With("output_padding", ImmutableArray.Create(1L)).With("group", 2);
            yield return ConvCase.Of("strides and padding", attributes, Sample.Values(1, 2, 4, 7), Sample.Values(2, 2, 2, 3), Sample.Values(3, 2, 2, 3));
        }
    }

    public override Action Compile(KernelContext context) =>
        Conv.Compile(context, ConvTranspose.Layout(context, context.InputShape(2), context.InputShape(1)), hasBias: false);
}
