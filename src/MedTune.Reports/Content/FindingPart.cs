namespace MedTune.Reports;

/// <summary>The figures of one of several findings that a sample may have together.</summary>
public sealed record FindingPart
{
    /// <summary>The finding.</summary>
    public required string Name { get; init; }

    /// <summary>Rows that have it.</summary>
    public required int Positives { get; init; }

    /// <summary>From which probability on it is answered to be there; empty where that is not stated.</summary>
    public string Threshold { get; init; } = "";

    /// <summary>Its metrics.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; init; } = [];

    /// <summary>The ROC curve as (false positive rate, sensitivity); empty where no row, or every row, has the finding.</summary>
    public IReadOnlyList<CurvePoint> Roc { get; init; } = [];

    /// <summary>Predicted against observed risk of the finding.</summary>
    public CalibrationContent? Calibration { get; init; }
}
