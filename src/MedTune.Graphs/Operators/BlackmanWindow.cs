namespace MedTune.Graphs.Operators;

/// <summary>The window of Blackman, with the factors 0.42, 0.5 and 0.08.</summary>
internal sealed class BlackmanWindow : CosineWindow
{
    public override string Name => "BlackmanWindow";

    protected override (double Constant, double One, double Two) Factors => (0.42, -0.5, 0.08);
}
