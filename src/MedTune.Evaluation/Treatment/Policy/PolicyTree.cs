using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>A rule of at most two questions that says who gets which arm: the best such rule there is, by the doubly robust value on the fitting data.</summary>
/// <remarks>
/// Athey and Wager, "Policy learning with observational data", Econometrica 2021;89:133-161; exact search as in Zhou, Athey and Wager, Oper Res 2023;71:148-183, over the stated
/// number of thresholds a column. Of rules of equal value the simpler one, then the one of earlier columns and lower thresholds, is taken. Does not depend on the order of the rows.
/// </remarks>
public sealed class PolicyTree
{
    private PolicyTree(ImmutableArray<PolicyLeaf> leaves, double fittedValue, int columnCount)
    {
        Leaves = leaves;
        FittedValue = fittedValue;
        ColumnCount = columnCount;
    }

    /// <summary>One to four; each patient belongs to exactly one.</summary>
    public ImmutableArray<PolicyLeaf> Leaves { get; }

    /// <summary>The value of the rule on the rows it was fitted on: too good, so evaluate with <see cref="PolicyValue"/> on others.</summary>
    public double FittedValue { get; }

    /// <summary>Columns the rule may ask.</summary>
    public int ColumnCount { get; }

    /// <summary>Searches for the best rule.</summary>
    /// <param name="columns">One value per row each, known before treatment; NaN where missing. Levels as columns of 0 and 1.</param>
    /// <param name="scores">Of the same rows.</param>
    /// <param name="options">Null: depth 2, 64 thresholds a column.</param>
    /// <exception cref="InvalidPredictionsException">A column without one value per row, or no rows.</exception>
    /// <exception cref="ArgumentException">The options allow no tree.</exception>
    public static PolicyTree Fit(IReadOnlyList<double[]> columns, DoublyRobustScores scores, PolicyTreeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(scores);
        options ??= new PolicyTreeOptions();
        options.Check();
        if (scores.Count == 0)
        {
            throw new InvalidPredictionsException("A policy tree needs at least one row.");
        }
        foreach (double[] column in columns)
        {
            ArmChecks.Same("values of a column", column.Length, scores.Count);
        }

        double[][] byArm = [.. Enumerable.Range(0, scores.ArmCount).Select(arm => scores.OfArm(arm).Values)];
        CanonicalRows rows = CanonicalRows.Of(null, [.. byArm, .. columns]);
        double[][] sorted = [.. columns.Select(rows.Take)];
        PolicySearch search = new([.. sorted.Select(column => new CutColumn(column, options.CutPoints))], [.. byArm.Select(rows.Take)], options.LeastRowsOf(rows.Count));
        ImmutableArray<PolicyCondition>[] paths = search.Paths(options.Depth);
        double value = 0;
        List<PolicyLeaf> leaves = [];
        foreach (ImmutableArray<PolicyCondition> path in paths)
        {
            int[] own = [.. Enumerable.Range(0, rows.Count).Where(i => path.All(condition => condition.Holds(sorted[condition.Column][i])))];
            double[] sums = [.. byArm.Select(scoresOfArm => own.Sum(i => scoresOfArm[rows.Order[i]]))];
            int arm = Array.IndexOf(sums, sums.Max());
            value += sums[arm];
            leaves.Add(new PolicyLeaf(path, arm, own.Length, [.. sums.Select(sum => sum / own.Length)]));
        }
        return new PolicyTree([.. leaves], value / rows.Count, columns.Count);
    }

    /// <summary>The arm of one patient.</summary>
    /// <param name="values">One per column; NaN where missing.</param>
    public int Choose(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, ColumnCount);
        foreach (PolicyLeaf leaf in Leaves)
        {
            bool holds = true;
            foreach (PolicyCondition condition in leaf.Conditions)
            {
                holds &= condition.Holds(values[condition.Column]);
            }
            if (holds)
            {
                return leaf.Arm;
            }
        }
        throw new InvalidOperationException("A patient belongs to no leaf of the policy tree.");
    }

    /// <summary>The arm of every row.</summary>
    /// <param name="columns">As for <see cref="Fit"/>.</param>
    /// <param name="count">Rows.</param>
    public int[] Choose(IReadOnlyList<double[]> columns, int count)
    {
        ArgumentNullException.ThrowIfNull(columns);
        double[] values = new double[columns.Count];
        int[] arms = new int[count];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < values.Length; column++)
            {
                values[column] = columns[column][row];
            }
            arms[row] = Choose(values);
        }
        return arms;
    }
}
