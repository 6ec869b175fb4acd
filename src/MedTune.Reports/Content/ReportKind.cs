namespace MedTune.Reports;

/// <summary>What the report is about: a model that was just made, or a finished model held against new data.</summary>
public enum ReportKind
{
    /// <summary>A model was trained (or fine-tuned) and judged on data kept from it.</summary>
    Training,

    /// <summary>A finished model was applied, unchanged, to data it never saw.</summary>
    Evaluation,

    /// <summary>A model file says what it knows about itself.</summary>
    Card,
}
