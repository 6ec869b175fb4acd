namespace MedTune.Reports;

/// <summary>The effects of the columns on one output of the model.</summary>
/// <param name="Scale">What the values measure.</param>
/// <param name="Rows">The effects, in any order: the report sorts them by size.</param>
public sealed record EffectGroup(EffectScale Scale, IReadOnlyList<EffectRow> Rows)
{
    /// <summary>The class whose log-odds these are; empty with two classes.</summary>
    public string ClassName { get; init; } = "";

    /// <summary>What one step is, for example <c>per standard deviation</c>; empty when not stated.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How to read the values and their intervals; empty takes the report's own sentence for the scale.</summary>
    public string Explanation { get; init; } = "";
}
