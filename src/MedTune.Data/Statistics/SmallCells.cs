namespace MedTune.Data;

/// <summary>Decides which counts of a table may be shown: those from 1 to 4 may not, nor those from which they would follow.</summary>
internal static class SmallCells
{
    /// <summary>Counts below this, and above 0, are not shown.</summary>
    public const int Fewest = 5;

    /// <summary>Figures of fewer rows are not shown.</summary>
    public const int FewestRows = 10;

    /// <summary>What may be shown of counts whose sums over levels and over the groups of a split are known.</summary>
    /// <param name="counts">By level and place; the levels of a place add up to its known size, the places of a split to place 0.</param>
    /// <param name="splits">The places of the groups of each split.</param>
    /// <param name="sumsAreKnown">Whether the sum over the levels of each place is known from elsewhere.</param>
    public static BaselineCellState[,] Hide(int[,] counts, IReadOnlyList<int[]> splits, bool sumsAreKnown)
    {
        int levels = counts.GetLength(0);
        int places = counts.GetLength(1);
        var states = new BaselineCellState[levels, places];
        for (int level = 0; level < levels; level++)
        {
            for (int place = 0; place < places; place++)
            {
                states[level, place] = counts[level, place] is > 0 and < Fewest ? BaselineCellState.Small : BaselineCellState.Shown;
            }
        }

        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int level = 0; level < levels; level++)
            {
                foreach (int[] split in splits)
                {
                    changed |= Withhold(counts, states, [.. split.Select(place => (level, place))], states[level, 0] != BaselineCellState.Shown);
                }
            }

            for (int place = 0; sumsAreKnown && place < places; place++)
            {
                changed |= Withhold(counts, states, [.. Enumerable.Range(0, levels).Select(level => (level, place))], false);
            }
        }

        return states;
    }

    /// <summary>Withholds the smallest shown count of a line whose hidden counts add up to so little that their sum would tell of them.</summary>
    /// <param name="counts">By level and place.</param>
    /// <param name="states">What is decided so far.</param>
    /// <param name="line">The cells of the line.</param>
    /// <param name="sumIsHidden">Whether the sum itself is not shown: then not all of the line may be.</param>
    private static bool Withhold(int[,] counts, BaselineCellState[,] states, (int Level, int Place)[] line, bool sumIsHidden)
    {
        int hidden = line.Where(cell => states[cell.Level, cell.Place] != BaselineCellState.Shown).Sum(cell => counts[cell.Level, cell.Place]);
        if (sumIsHidden ? hidden > 0 : hidden is 0 or >= Fewest)
        {
            return false;
        }

        (int Level, int Place)[] shown = [.. line.Where(cell => states[cell.Level, cell.Place] == BaselineCellState.Shown && counts[cell.Level, cell.Place] > 0)];
        if (shown.Length == 0)
        {
            return false;
        }

        var (level, place) = shown.MinBy(cell => counts[cell.Level, cell.Place]);
        states[level, place] = BaselineCellState.Withheld;
        return true;
    }
}
