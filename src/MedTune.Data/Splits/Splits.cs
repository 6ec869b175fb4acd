namespace MedTune.Data;

/// <summary>Cuts rows into folds and parts: classes in equal shares, groups never torn apart, the same for the same seed.</summary>
/// <remarks>Groups are dealt from the largest to the smallest, each to the part that most lacks its classes; equals are ordered by a
/// random number that depends only on the seed and on the group's first row.</remarks>
public static class Splits
{
    private const ulong FoldStream = 1;
    private const ulong SealedStream = 2;
    private const ulong HoldoutStream = 3;

    /// <summary>Cuts rows into folds.</summary>
    /// <param name="classes">For each row of the dataset its class; -1 counts as a class of its own.</param>
    /// <param name="groups">For each row of the dataset its group (<see cref="Dataset.Groups"/>).</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="rows">The rows to cut; all others get fold -1.</param>
    /// <exception cref="DataException">There are fewer groups than folds.</exception>
    public static FoldAssignment KFold(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, int folds, ulong seed, ReadOnlySpan<int> rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var units = new SplitUnits(classes, groups, rows, seed, FoldStream);
        if (units.Count < folds)
        {
            throw new DataException(
                $"{folds} folds need at least {folds} patients (or groups of equal rows); there are {units.Count}: use fewer folds or more data.");
        }

        var shares = new double[folds];
        Array.Fill(shares, 1.0 / folds);
        return new FoldAssignment(units.Deal(shares, classes.Length), folds);
    }

    /// <summary>Cuts all rows into folds.</summary>
    /// <inheritdoc cref="KFold(ReadOnlySpan{int}, ReadOnlySpan{int}, int, ulong, ReadOnlySpan{int})"/>
    public static FoldAssignment KFold(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, int folds, ulong seed) =>
        KFold(classes, groups, folds, seed, AllRows(classes.Length));

    /// <summary>Sets a part of all rows aside for the one honest judgment at the end.</summary>
    /// <param name="classes">For each row its class.</param>
    /// <param name="groups">For each row its group.</param>
    /// <param name="fraction">The share to seal, between 0 and 1; 0.2 by default elsewhere.</param>
    /// <param name="seed">The run's seed.</param>
    /// <returns>The rows that are kept for training and the rows that are sealed, both rising.</returns>
    /// <exception cref="DataException">There are fewer than two groups.</exception>
    public static (int[] Kept, int[] Sealed) SealedPart(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, double fraction, ulong seed) =>
        TwoParts(classes, groups, fraction, seed, AllRows(classes.Length), SealedStream);

    /// <summary>Sets a part of given rows aside, for inner validation or early stopping.</summary>
    /// <param name="classes">For each row of the dataset its class.</param>
    /// <param name="groups">For each row of the dataset its group.</param>
    /// <param name="fraction">The share to hold out, between 0 and 1.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="rows">The rows to cut.</param>
    /// <returns>The rows that are kept for training and the rows that are held out, both rising.</returns>
    /// <exception cref="DataException">There are fewer than two groups.</exception>
    public static (int[] Kept, int[] HeldOut) Holdout(
        ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, double fraction, ulong seed, ReadOnlySpan<int> rows) =>
        TwoParts(classes, groups, fraction, seed, rows, HoldoutStream);

    /// <summary>The most folds in which every class can stand in every fold: the groups of the rarest class.</summary>
    /// <param name="classes">For each row of the dataset its class.</param>
    /// <param name="groups">For each row of the dataset its group.</param>
    /// <param name="rows">The rows to cut.</param>
    public static int MostFolds(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, ReadOnlySpan<int> rows)
    {
        var seen = new HashSet<(int Class, int Group)>();
        foreach (int row in rows)
        {
            seen.Add((classes[row], groups[row]));
        }

        return seen.Count == 0 ? 0 : seen.CountBy(pair => pair.Class).Min(pair => pair.Value);
    }

    private static (int[] Kept, int[] Other) TwoParts(
        ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, double fraction, ulong seed, ReadOnlySpan<int> rows, ulong stream)
    {
        if (!(fraction > 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The share must lie between 0 and 1.");
        }

        var units = new SplitUnits(classes, groups, rows, seed, stream);
        if (units.Count < 2)
        {
            throw new DataException("Setting a part aside needs at least two patients (or groups of equal rows); there is one.");
        }

        var parts = new FoldAssignment(units.Deal([1 - fraction, fraction], classes.Length), 2);
        return (parts.TestRows(0), parts.TestRows(1));
    }

    private static int[] AllRows(int count)
    {
        var rows = new int[count];
        for (int row = 0; row < count; row++)
        {
            rows[row] = row;
        }

        return rows;
    }
}
