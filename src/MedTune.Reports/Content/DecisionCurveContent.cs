namespace MedTune.Reports;

/// <summary>What acting on the model is worth over the thresholds at which one might act. Horizontal positions are thresholds, 0..1, rising.</summary>
public sealed record DecisionCurveContent
{
    /// <summary>Net benefit of acting on the model, with its interval, in true positives per row.</summary>
    public IReadOnlyList<BandPoint> Model { get; init; } = [];

    /// <summary>Net benefit of acting on everyone.</summary>
    public IReadOnlyList<CurvePoint> TreatAll { get; init; } = [];

    /// <summary>Interventions avoided per 100 rows against acting on everyone, with the interval.</summary>
    public IReadOnlyList<BandPoint> Avoided { get; init; } = [];
}
