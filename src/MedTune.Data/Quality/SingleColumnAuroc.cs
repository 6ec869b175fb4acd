namespace MedTune.Data;

/// <summary>How well one column alone tells a class from the others: the area under its ROC curve, folded to 0.5 and above.</summary>
internal static class SingleColumnAuroc
{
    private const int Bins = 20;
    private const double Shrinkage = 10;

    /// <summary>The larger of the rank AUROC of the known numbers and the AUROC of rates per value learned on the other half of the rows.</summary>
    /// <param name="tally">The column's counts.</param>
    /// <param name="category">The class held against the others.</param>
    public static double Of(ColumnTally tally, int category)
    {
        double best = ByRates(tally, category);
        if (tally.Numbers is not null && 2 * tally.Count(tally.Levels) < Rows(tally))
        {
            best = Math.Max(best, ByRank(tally, category));
        }

        return best;
    }

    /// <summary>How many standard errors (of a column that says nothing) an area lies from 0.5.</summary>
    /// <param name="auroc">The area.</param>
    /// <param name="positives">Rows of the class.</param>
    /// <param name="negatives">All other rows.</param>
    /// <param name="untied">Share of the variance that ties leave (see <see cref="Untied"/>). Default: 1, no ties.</param>
    public static double Deviation(double auroc, long positives, long negatives, double untied = 1) => positives == 0 || negatives == 0 || untied <= 0
        ? 0
        : Math.Abs(auroc - 0.5) / Math.Sqrt(untied * (positives + negatives + 1) / (12.0 * positives * negatives));

    /// <summary>The factor by which ties lessen the variance of a rank sum: 1 less the sum of t^3 - t over the ties, divided by n^3 - n.</summary>
    public static double Untied(ColumnTally tally)
    {
        double rows = 0;
        double ties = 0;
        for (int level = 0; level <= tally.Levels; level++)
        {
            double count = tally.Count(level);
            rows += count;
            ties += (count * count * count) - count;
        }

        return rows < 2 ? 0 : 1 - (ties / ((rows * rows * rows) - rows));
    }

    private static int Rows(ColumnTally tally)
    {
        int rows = 0;
        for (int level = 0; level <= tally.Levels; level++)
        {
            rows += tally.Count(level);
        }

        return rows;
    }

    private static double ByRank(ColumnTally tally, int category)
    {
        double area = 0;
        long below = 0;
        long positives = 0;
        for (int level = 0; level < tally.Levels; level++)
        {
            long positive = tally.Count(level, category);
            long negative = tally.Count(level) - positive;
            area += positive * (below + (0.5 * negative));
            below += negative;
            positives += positive;
        }

        return positives == 0 || below == 0 ? 0.5 : Fold(area / ((double)positives * below));
    }

    // The rate of each value (numbers: of each of twenty bins; missing is one more) comes from the other half, so that a column
    // of many values does not look strong by chance.
    private static double ByRates(ColumnTally tally, int category)
    {
        int[] groupOf = Groups(tally, out int groups);
        var positive = new double[2, groups];
        var total = new double[2, groups];
        for (int level = 0; level <= tally.Levels; level++)
        {
            for (int half = 0; half < 2; half++)
            {
                positive[half, groupOf[level]] += tally.Count(level, half, category);
                for (int other = 0; other < tally.Classes; other++)
                {
                    total[half, groupOf[level]] += tally.Count(level, half, other);
                }
            }
        }

        var scores = new double[2 * groups];
        var cells = new int[2 * groups];
        for (int half = 0; half < 2; half++)
        {
            double sum = 0;
            double all = 0;
            for (int group = 0; group < groups; group++)
            {
                sum += positive[1 - half, group];
                all += total[1 - half, group];
            }

            double rate = all == 0 ? 0.5 : sum / all;
            for (int group = 0; group < groups; group++)
            {
                scores[(half * groups) + group] = ((positive[1 - half, group] + (Shrinkage * rate)) / (total[1 - half, group] + Shrinkage)) - rate;
                cells[(half * groups) + group] = (half * groups) + group;
            }
        }

        Array.Sort(scores, cells);
        double area = 0;
        double below = 0;
        double positives = 0;
        for (int i = 0; i < cells.Length;)
        {
            double tiedPositive = 0;
            double tiedNegative = 0;
            double score = scores[i];
            for (; i < cells.Length && scores[i] == score; i++)
            {
                double count = positive[cells[i] / groups, cells[i] % groups];
                tiedPositive += count;
                tiedNegative += total[cells[i] / groups, cells[i] % groups] - count;
            }

            area += tiedPositive * (below + (0.5 * tiedNegative));
            below += tiedNegative;
            positives += tiedPositive;
        }

        // Rates from the other half that point the wrong way are chance, not strength.
        return positives == 0 || below == 0 ? 0.5 : Math.Max(0.5, area / (positives * below));
    }

    private static int[] Groups(ColumnTally tally, out int groups)
    {
        var groupOf = new int[tally.Levels + 1];
        if (tally.Numbers is null || tally.Levels <= Bins)
        {
            for (int level = 0; level <= tally.Levels; level++)
            {
                groupOf[level] = level;
            }

            groups = tally.Levels + 1;
            return groupOf;
        }

        long known = 0;
        for (int level = 0; level < tally.Levels; level++)
        {
            known += tally.Count(level);
        }

        long passed = 0;
        for (int level = 0; level < tally.Levels; level++)
        {
            groupOf[level] = (int)(passed * Bins / known);
            passed += tally.Count(level);
        }

        groupOf[tally.Levels] = Bins;
        groups = Bins + 1;
        return groupOf;
    }

    private static double Fold(double area) => Math.Max(area, 1 - area);
}
