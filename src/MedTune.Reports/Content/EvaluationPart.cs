namespace MedTune.Reports;

/// <summary>The figures measured on one set of rows.</summary>
public sealed record EvaluationPart
{
    /// <summary>Which rows.</summary>
    public required PartKind Kind { get; init; }

    /// <summary>Number of rows; 0 when not known, as in a model file.</summary>
    public required int Samples { get; init; }

    /// <summary>Rows of the positive class; null when there are several classes.</summary>
    public int? Events { get; init; }

    /// <summary>Different patients among the rows; null when unknown or equal to the rows.</summary>
    public int? Patients { get; init; }

    /// <summary>The metrics, in any order: the report sorts those it knows and puts the others last.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; init; } = [];

    /// <summary>Counts at the decision threshold (two classes) or by the most probable class (several).</summary>
    public ConfusionCounts? Confusion { get; init; }

    /// <summary>The decision threshold on the calibrated probability, 0..1; null when there is none.</summary>
    public double? Threshold { get; init; }

    /// <summary>How the threshold came about, for example <c>Youden's J, chosen out of fold</c>; empty when not stated.</summary>
    public string ThresholdRule { get; init; } = "";

    /// <summary>The ROC curve as (false positive rate, sensitivity), from (0,0) to (1,1). Two classes.</summary>
    public IReadOnlyList<CurvePoint> Roc { get; init; } = [];

    /// <summary>The precision-recall curve as (sensitivity, precision). Two classes.</summary>
    public IReadOnlyList<CurvePoint> PrecisionRecall { get; init; } = [];

    /// <summary>Predicted against observed risk. Two classes.</summary>
    public CalibrationContent? Calibration { get; init; }

    /// <summary>How often each risk was predicted, with and without the outcome. Two classes.</summary>
    public IReadOnlyList<RiskBin> Risks { get; init; } = [];

    /// <summary>What acting on the model is worth; null when not known. Two classes.</summary>
    public DecisionCurveContent? DecisionCurve { get; init; }

    /// <summary>The figures for groups of people, a table for each column that parts them. Two classes.</summary>
    public IReadOnlyList<SubgroupTable> Subgroups { get; init; } = [];

    /// <summary>Which classes cannot be ruled out, and how often the truth is among them; null without such sets.</summary>
    public SetsContent? Sets { get; init; }

    /// <summary>One class against the rest, for tasks of several classes.</summary>
    public IReadOnlyList<ClassPart> Classes { get; init; } = [];

    /// <summary>Finding by finding, where a sample may have several together.</summary>
    public IReadOnlyList<FindingPart> Findings { get; init; } = [];
}
