namespace MedTune.Data;

/// <summary>How nearly a column is the target written differently.</summary>
internal static class TargetCopy
{
    /// <summary>Share of the rows outside the largest class that the column may get wrong and still count as a copy.</summary>
    private const double ToleratedErrors = 0.02;

    private const int FewestRows = 8;

    /// <summary>Whether the column (its values, or one limit on its numbers) tells every class almost without error.</summary>
    /// <param name="tally">The column's counts.</param>
    /// <param name="classCounts">Rows of each class.</param>
    public static bool Is(ColumnTally tally, int[] classCounts)
    {
        int others = classCounts.Sum() - classCounts.Max();
        if (others < FewestRows)
        {
            return false;
        }

        int errors = int.MaxValue;
        // A value needs some rows before its rows can be said to agree.
        if (tally.Levels <= (2 * tally.Classes) + 8 && tally.Levels + 1 <= classCounts.Sum() / 10)
        {
            errors = ByLevel(tally);
        }

        if (tally.Numbers is not null && tally.Classes == 2)
        {
            errors = Math.Min(errors, ByLimit(tally, classCounts));
        }

        return errors <= ToleratedErrors * others;
    }

    private static int ByLevel(ColumnTally tally)
    {
        int errors = 0;
        for (int level = 0; level <= tally.Levels; level++)
        {
            errors += tally.Count(level) - Largest(tally, level);
        }

        return errors;
    }

    private static int Largest(ColumnTally tally, int level)
    {
        int largest = 0;
        for (int category = 0; category < tally.Classes; category++)
        {
            largest = Math.Max(largest, tally.Count(level, category));
        }

        return largest;
    }

    // Every limit, either way round; the missing rows are judged by themselves.
    private static int ByLimit(ColumnTally tally, int[] classCounts)
    {
        int missing = tally.Count(tally.Levels);
        int missingErrors = missing - Largest(tally, tally.Levels);
        int known0 = classCounts[0] - tally.Count(tally.Levels, 0);
        int known1 = classCounts[1] - tally.Count(tally.Levels, 1);
        int below0 = 0;
        int below1 = 0;
        int best = Math.Min(known0, known1);
        for (int level = 0; level < tally.Levels; level++)
        {
            below0 += tally.Count(level, 0);
            below1 += tally.Count(level, 1);
            best = Math.Min(best, Math.Min(below1 + (known0 - below0), below0 + (known1 - below1)));
        }

        return best + missingErrors;
    }
}
