namespace MedTune.Reports;

/// <summary>The figures of one class against all others.</summary>
public sealed record ClassPart
{
    /// <summary>The class.</summary>
    public required string Name { get; init; }

    /// <summary>Rows of this class.</summary>
    public required int Samples { get; init; }

    /// <summary>The metrics of this class against the rest.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; init; } = [];

    /// <summary>The ROC curve as (false positive rate, sensitivity).</summary>
    public IReadOnlyList<CurvePoint> Roc { get; init; } = [];

    /// <summary>Predicted against observed risk of this class.</summary>
    public CalibrationContent? Calibration { get; init; }
}
