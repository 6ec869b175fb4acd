namespace MedTune.Graphs.Operators;

/// <summary>The window of Hann: half of one less the cosine.</summary>
internal sealed class HannWindow : CosineWindow
{
    public override string Name => "HannWindow";

    protected override (double Constant, double One, double Two) Factors => (0.5, -0.5, 0);
}
