using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>What was known of each row before treatment: numbers, or levels.</summary>
public sealed record BalanceColumn
{
    private BalanceColumn(string name, double[] values, ImmutableArray<string> levels)
    {
        Name = name;
        Values = values;
        Levels = levels;
    }

    /// <summary>The column.</summary>
    public string Name { get; }

    /// <summary>One per row: the number, or the level's place; NaN where missing.</summary>
    public double[] Values { get; }

    /// <summary>The levels; empty for numbers.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <summary>A column of numbers.</summary>
    /// <param name="name">The column.</param>
    /// <param name="values">One per row; NaN where missing.</param>
    public static BalanceColumn OfNumbers(string name, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new BalanceColumn(name, values, []);
    }

    /// <summary>A column of levels.</summary>
    /// <param name="name">The column.</param>
    /// <param name="places">For each row its level's place in <paramref name="levels"/>; -1 where missing.</param>
    /// <param name="levels">The levels' names.</param>
    /// <exception cref="InvalidPredictionsException">A place beyond the levels.</exception>
    public static BalanceColumn OfLevels(string name, int[] places, ImmutableArray<string> levels)
    {
        ArgumentNullException.ThrowIfNull(places);
        return places.All(place => place >= -1 && place < levels.Length)
            ? new BalanceColumn(name, Array.ConvertAll(places, place => place < 0 ? double.NaN : place), levels)
            : throw new InvalidPredictionsException($"The column {name} names a level it does not have.");
    }
}
