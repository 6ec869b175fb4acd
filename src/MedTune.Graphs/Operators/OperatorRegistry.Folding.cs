namespace MedTune.Graphs.Operators;

/// <content>Norms of windows, blocks of images, cutting and padding in the middle, affine maps, regions, optional values.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Folding => new Operator[]
    {
        new LpPool(), new LpPoolGradient(), new GlobalLpPool(), new MaxUnpool(), new Col2Im(), new Im2Col(), new CenterCropPad(),
        new Det(), new DetGradient(), new AffineGrid(), new AffineGridGradient(), new MaxRoiPool(), new MaxRoiPoolGradient(),
        new Optional(), new OptionalGetElement(), new OptionalHasElement(),
    };
}
