namespace MedTune.Reports;

/// <summary>The columns by outcome and by part of the data, as texts.</summary>
/// <param name="Headings">Of the columns after the first, with the sizes of the groups below them.</param>
/// <param name="Rows">The lines.</param>
public sealed record BaselineContent(IReadOnlyList<BaselineHeading> Headings, IReadOnlyList<BaselineRow> Rows)
{
    /// <summary>Columns of the data left out for space.</summary>
    public int Unlisted { get; init; }
}
