using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>What a column holds and what it is used for. Measured on the rows that are kept.</summary>
public sealed record ColumnProfile
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>The column's position in the file, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What it holds.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Why it was taken so, in a few words.</summary>
    public required string WhyKind { get; init; }

    /// <summary>What it is used for.</summary>
    public ColumnRole Role { get; init; }

    /// <summary>Rows with a value.</summary>
    public required int Known { get; init; }

    /// <summary>Rows without a value.</summary>
    public required int Missing { get; init; }

    /// <summary>Number of distinct values; 63.0 and 63 are one.</summary>
    public required int Distinct { get; init; }

    /// <summary>The smallest number; NaN where the column holds no numbers.</summary>
    public double Minimum { get; init; } = double.NaN;

    /// <summary>The largest number; NaN where the column holds no numbers.</summary>
    public double Maximum { get; init; } = double.NaN;

    /// <summary>The mean; NaN where the column holds no numbers.</summary>
    public double Mean { get; init; } = double.NaN;

    /// <summary>The most frequent levels with their counts, at most 20 (categories and yes/no only; never identifiers or free text).</summary>
    public ImmutableArray<LevelCount> Levels { get; init; } = [];

    /// <summary>Whether all values are numbers, whatever the kind.</summary>
    public bool IsNumericText { get; init; }

    /// <summary>Whether the column is a number with 3 to 10 distinct integers, which may be codes of a category.</summary>
    public bool LooksCoded { get; init; }

    /// <summary>The unit written into the cells, or the empty text.</summary>
    public string Unit { get; init; } = "";
}
