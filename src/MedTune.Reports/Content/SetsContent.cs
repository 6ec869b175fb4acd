namespace MedTune.Reports;

/// <summary>What sets of classes that cannot be ruled out reach on some rows.</summary>
public sealed record SetsContent
{
    /// <summary>The share of rows whose set was to hold the truth, 0..1.</summary>
    public required double Promised { get; init; }

    /// <summary>Over all rows first, then for each class; of several findings one row for each finding.</summary>
    public required IReadOnlyList<SetRow> Rows { get; init; }
}
