using System.Collections.Immutable;

namespace MedTune.Columns;

/// <summary>A column as measured on the training samples of one fold, and on no others.</summary>
/// <param name="Name">The column.</param>
/// <param name="Use">How it enters the model.</param>
/// <param name="Missing">Training samples without a value.</param>
/// <param name="Count">Training samples.</param>
internal sealed record MeasuredColumn(string Name, ColumnUse Use, int Missing, int Count)
{
    /// <summary>Mean after filling; numbers only.</summary>
    public double Mean { get; init; }

    /// <summary>Standard deviation after filling, 0 when constant; numbers only.</summary>
    public double Deviation { get; init; }

    /// <summary>The median of the values there are, which replaces missing ones; numbers only.</summary>
    public double Fill { get; init; }

    /// <summary>Smallest value; numbers only.</summary>
    public double Minimum { get; init; }

    /// <summary>Largest value; numbers only.</summary>
    public double Maximum { get; init; }

    /// <summary>
    /// For a long-tailed column that is never negative: half its smallest positive value, the least that a logarithm is taken of, so that
    /// "below what can be measured" stays finite. 0 for all others.
    /// </summary>
    public double LogFloor { get; init; }

    /// <summary>Mean of the logarithms after filling; long-tailed columns only.</summary>
    public double LogMean { get; init; }

    /// <summary>Standard deviation of the logarithms after filling; long-tailed columns only.</summary>
    public double LogDeviation { get; init; }

    /// <summary>The levels seen, in order; categories only.</summary>
    public ImmutableArray<string> Levels { get; init; } = [];

    /// <summary>The levels as numbers; coded categories only.</summary>
    public ImmutableArray<float> Codes { get; init; } = [];

    /// <summary>The most frequent level, the first of them where several are; categories only.</summary>
    public string Mode { get; init; } = "";

    /// <summary>Whether the column may enter a model by its logarithm.</summary>
    public bool IsLongTailed => LogFloor > 0;

    /// <summary>Whether "is missing" is a feature of its own: only where it was seen often enough to learn from.</summary>
    public bool HasMissingFlag => Use == ColumnUse.Number && Missing >= 5 && Count - Missing >= 5;
}
