namespace MedTune.Reports;

/// <summary>Predicted against observed risk: groups of rows with alike predictions, and a smooth curve where there is one.</summary>
public sealed record CalibrationContent
{
    /// <summary>Groups of rows by predicted risk, in rising order.</summary>
    public IReadOnlyList<RiskGroup> Groups { get; init; } = [];

    /// <summary>A smooth curve of observed on predicted risk, with its interval, in rising order; empty when there is none.</summary>
    public IReadOnlyList<BandPoint> Curve { get; init; } = [];
}
