namespace MedTune.Reports.Charts;

/// <summary>A line of a legend.</summary>
/// <param name="Label">What the mark stands for.</param>
/// <param name="Mark">The mark.</param>
/// <param name="Css">The style classes of the mark, those of what it stands for, for example <c>series-1</c>.</param>
public sealed record LegendEntry(string Label, LegendMark Mark, string Css);
