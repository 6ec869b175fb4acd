using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How good a several-class model is for one class against the rest.</summary>
public sealed class ClassEvaluation
{
    internal ClassEvaluation(string name, BinarySample rows, ImmutableSortedDictionary<string, Estimate> metrics, EvaluationOptions options)
    {
        Name = name;
        Count = rows.Targets.Sum();
        Metrics = metrics;
        RocCurve = RocCurve.Of(rows);
        PrecisionRecallCurve = PrecisionRecallCurve.Of(rows);
        CalibrationCurve = CalibrationCurve.Of(rows, options);
    }

    /// <summary>The class.</summary>
    public string Name { get; }

    /// <summary>Rows of this class.</summary>
    public int Count { get; }

    /// <summary>Every metric of <see cref="MetricRegistry.PerClass"/> by name. A row is called this class where it is the most probable one.</summary>
    public ImmutableSortedDictionary<string, Estimate> Metrics { get; }

    /// <summary>Sensitivity against 1 - specificity.</summary>
    public RocCurve RocCurve { get; }

    /// <summary>Precision against recall.</summary>
    public PrecisionRecallCurve PrecisionRecallCurve { get; }

    /// <summary>Observed against predicted probability of this class.</summary>
    public CalibrationCurve CalibrationCurve { get; }
}
