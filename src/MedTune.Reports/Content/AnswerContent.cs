using MedTune.Data.Genes;

namespace MedTune.Reports;

/// <summary>The ingredients of the opening paragraph. Figures come from <see cref="ReportContent.Parts"/>.</summary>
public sealed record AnswerContent
{
    /// <summary>
    /// What is predicted, as a noun phrase that fits after "the probability of" (two classes) or "predicts" (several),
    /// for example <c>heart disease (num&gt;0)</c> or <c>diagnosis = malignant</c>.
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>The classes in the order of the model's outputs; with two classes the positive one is last.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Whether the classes are findings, of which a sample may have none, one or several. Default: no.</summary>
    public bool HasFindings { get; init; }

    /// <summary>The kind of model chosen, for example <c>penalised logistic regression</c>.</summary>
    public required string ModelKind { get; init; }

    /// <summary>What one row is, in the singular. Default: <c>row</c>; say <c>patient</c> where a row is one.</summary>
    public string SampleNoun { get; init; } = "row";

    /// <summary>What rows are, in the plural. Default: <c>rows</c>.</summary>
    public string SampleNounPlural { get; init; } = "rows";

    /// <summary>Rows with a known outcome that were used.</summary>
    public required int Samples { get; init; }

    /// <summary>Rows of the positive class; null when there are several classes.</summary>
    public int? Events { get; init; }

    /// <summary>Different patients among the rows; null when unknown or equal to the rows.</summary>
    public int? Patients { get; init; }

    /// <summary>The form of gene data the model reads; none for tables and pictures. Default: none.</summary>
    public GeneForm Genes { get; init; }

    /// <summary>Columns the model reads, of gene data genes or variants; 0 when not stated.</summary>
    public int Columns { get; init; }

    /// <summary>What a reader must know before the figures, one sentence each; shown right under the answer.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
