namespace MedTune.Graphs.Operators;

/// <content>Convolutions, resizing and sampling of images.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Convolving => new Operator[]
    {
        new Conv(), new ConvInputGradient(), new ConvWeightGradient(), new ConvTranspose(), new ConvTransposeInputGradient(), new ConvTransposeWeightGradient(),
        new Lrn(), new LrnGradient(), new Resize(), new ResizeGradient(),
        new GridSample(), new GridSampleGradient(), new RoiAlign(), new RoiAlignGradient(),
    };
}
