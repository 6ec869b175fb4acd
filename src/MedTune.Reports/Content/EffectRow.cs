namespace MedTune.Reports;

/// <summary>The effect of a column, or of a level of one.</summary>
/// <param name="Name">The column, with the level where it is one of a category, for example <c>cp = 4</c>.</param>
/// <param name="Value">The effect on the scale of its group; NaN rows are left out.</param>
/// <param name="Low">Lower end of the interval; NaN when there is none.</param>
/// <param name="High">Upper end of the interval; NaN when there is none.</param>
public sealed record EffectRow(string Name, double Value, double Low = double.NaN, double High = double.NaN)
{
    /// <summary>What the value is measured by, shown small below the name, for example <c>per 12 years more</c>; empty when not stated.</summary>
    public string Note { get; init; } = "";
}
