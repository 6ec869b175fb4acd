namespace MedTune.Reports;

/// <summary>Everything a report shows, as plain values. Fill what there is: a section without content does not appear.</summary>
/// <remarks>
/// Text is taken literally (column and class names may hold anything) and escaped when it is drawn. Numbers that are not known are
/// <see cref="double.NaN"/>. Shares and probabilities lie in 0..1 and are written as percentages where that reads better.
/// The same content always gives the same bytes.
/// </remarks>
public sealed record ReportContent
{
    /// <summary>Heading of the report, for example <c>Heart disease in Cleveland</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The language of the report's own words. Texts given with the content stay as they are. Default: English.</summary>
    public ReportLanguage Language { get; init; }

    /// <summary>Whether a model was made or a finished one judged. Default: <see cref="ReportKind.Training"/>.</summary>
    public ReportKind Kind { get; init; }

    /// <summary>What is predicted, for whom, by what.</summary>
    public required AnswerContent Answer { get; init; }

    /// <summary>
    /// The figures, one entry for each set of rows they were measured on, at most one of each kind. The first of <see cref="PartKind.External"/>,
    /// <see cref="PartKind.Test"/>, <see cref="PartKind.OutOfFold"/> that exists leads the report.
    /// </summary>
    public IReadOnlyList<EvaluationPart> Parts { get; init; } = [];

    /// <summary>The models that were compared, the chosen one among them.</summary>
    public IReadOnlyList<CandidateRow> Candidates { get; init; } = [];

    /// <summary>What was read, what was left out, what was found in it.</summary>
    public DataContent? Data { get; init; }

    /// <summary>Whether the data could give the outcome away; null when that was not looked at.</summary>
    public LeakageContent? Leakage { get; init; }

    /// <summary>Why rare classes were left rare; null where they are of alike size.</summary>
    public ImbalanceContent? Imbalance { get; init; }

    /// <summary>The columns by outcome and by part of the data; null when not measured.</summary>
    public BaselineContent? Baseline { get; init; }

    /// <summary>The sites that were left out in turn; null where none was.</summary>
    public SiteContent? Sites { get; init; }

    /// <summary>What is shown of a model of pictures; null for tables.</summary>
    public ImageEvidence? Images { get; init; }

    /// <summary>What is shown of a model for gene data; null for tables and pictures.</summary>
    public GeneEvidence? Genes { get; init; }

    /// <summary>What the columns add to the answers; null when not known.</summary>
    public ContributionContent? Contributions { get; init; }

    /// <summary>What the model looks at, and what it was made from.</summary>
    public ModelContent? Model { get; init; }

    /// <summary>Splits, folds, calibration, threshold, seed, digests and the command that repeats the run.</summary>
    public MethodContent? Method { get; init; }

    /// <summary>
    /// What this model is not. The report adds those that follow from the content (no validation elsewhere, few events, a sealed part
    /// opened more than once ...) unless one with the same title is here.
    /// </summary>
    public IReadOnlyList<LimitRow> Limits { get; init; } = [];

    /// <summary>Program and version, for the foot of the page, for example <c>MedTune 0.1.0</c>. Default: <c>MedTune</c>.</summary>
    public string ProducedBy { get; init; } = "MedTune";
}
