namespace MedTune.Graphs.Operators;

/// <summary>The window of Hamming, with the factors 25/46 and 21/46.</summary>
internal sealed class HammingWindow : CosineWindow
{
    public override string Name => "HammingWindow";

    protected override (double Constant, double One, double Two) Factors => (25.0 / 46, -21.0 / 46, 0);
}
