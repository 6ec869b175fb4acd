namespace MedTune.Reports;

/// <summary>What the model looks at, and what it was made from.</summary>
public sealed record ModelContent
{
    /// <summary>A sentence or two on the model: its kind, penalty, size; empty when not stated.</summary>
    public string Description { get; init; } = "";

    /// <summary>Coefficients, odds ratios or importances; one group, or one for each class.</summary>
    public IReadOnlyList<EffectGroup> Effects { get; init; } = [];

    /// <summary>The model this one was fine-tuned from; null when it started from nothing.</summary>
    public LineageContent? Lineage { get; init; }
}
