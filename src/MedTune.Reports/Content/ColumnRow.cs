namespace MedTune.Reports;

/// <summary>A column of the data.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Kind">Its kind in words, for example <c>number</c> or <c>category</c>.</param>
public sealed record ColumnRow(string Name, string Kind)
{
    /// <summary>Whether the model reads it. Default: true.</summary>
    public bool IsInput { get; init; } = true;

    /// <summary>Share of rows without a value, 0..1; NaN when not measured.</summary>
    public double MissingShare { get; init; } = double.NaN;

    /// <summary>Range or levels, for example <c>29 to 77, median 56</c>; empty when not stated.</summary>
    public string Values { get; init; } = "";

    /// <summary>Why it is of this kind or why it is left out; empty when not stated.</summary>
    public string Note { get; init; } = "";
}
