namespace MedTune.Reports;

/// <summary>What was read and what became of it.</summary>
public sealed record DataContent
{
    /// <summary>Facts about the file, in order: name, encoding, separator, decimal mark ...</summary>
    public IReadOnlyList<FactRow> Source { get; init; } = [];

    /// <summary>The way of the rows: what was read, then what was left after each step that left rows out.</summary>
    public IReadOnlyList<FlowStep> Flow { get; init; } = [];

    /// <summary>Where the rows of the last step went, for example training and sealed part.</summary>
    public IReadOnlyList<FlowEnd> FlowEnds { get; init; } = [];

    /// <summary>The columns, in the order of the file.</summary>
    public IReadOnlyList<ColumnRow> Columns { get; init; } = [];

    /// <summary>Columns of the file that <see cref="Columns"/> leaves out because there are too many to list. Default: 0.</summary>
    public int UnlistedColumns { get; init; }

    /// <summary>Those of <see cref="UnlistedColumns"/> that the model reads. Default: 0.</summary>
    public int UnlistedInputs { get; init; }

    /// <summary>What was found in the data and what was done about it.</summary>
    public IReadOnlyList<FindingRow> Findings { get; init; } = [];
}
