namespace MedTune.Evaluation;

/// <summary>Which way a metric improves.</summary>
public enum MetricDirection
{
    /// <summary>The higher, the better.</summary>
    HigherIsBetter,

    /// <summary>The lower, the better.</summary>
    LowerIsBetter,

    /// <summary>Best at <see cref="Metric.Ideal"/>, worse on both sides (calibration).</summary>
    NearerToIdealIsBetter,

    /// <summary>Describes the data, not the model (prevalence).</summary>
    Descriptive,
}
