using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Were the arms alike before treatment? Standardized differences of every column, as observed and after weighting: the data of a love plot.</summary>
/// <remarks>
/// Difference of means (or shares) over the root of the mean of the two arms' variances, as observed also where the means are weighted, so that weighting cannot hide a
/// difference by changing its yardstick: Austin, Stat Med 2009;28:3083-3107; Austin and Stuart, Stat Med 2015;34:3661-3679. A share's variance is p (1 - p).
/// </remarks>
public sealed class BalanceTable
{
    /// <summary>Differences above this are usually called noticeable (Austin 2009).</summary>
    public const double Noticeable = 0.1;

    private BalanceTable(ImmutableArray<BalanceLine> lines, ImmutableArray<int> rows, ImmutableArray<double> chance, ImmutableArray<double> effectiveRows)
    {
        Lines = lines;
        RowsByArm = rows;
        ChanceByArm = chance;
        EffectiveRowsByArm = effectiveRows;
    }

    /// <summary>In the order of the columns; for a column of levels one line each; a line of kind <see cref="BalanceKind.Missing"/> where any value is missing.</summary>
    public ImmutableArray<BalanceLine> Lines { get; }

    /// <summary>Rows of each arm.</summary>
    public ImmutableArray<int> RowsByArm { get; }

    /// <summary>For each arm the difference from the control that chance alone passes in one column of twenty: 1.96 √(1/n + 1/n0). 0 for the control.</summary>
    public ImmutableArray<double> ChanceByArm { get; }

    /// <summary>Rows of each arm that as many equally weighted ones are worth; empty without weights.</summary>
    public ImmutableArray<double> EffectiveRowsByArm { get; }

    /// <summary>Lines whose largest difference, as observed, is above <see cref="Noticeable"/>.</summary>
    public int NoticeableLines => Lines.Count(line => line.Largest > Noticeable);

    /// <summary>Lines whose largest difference is above <see cref="Noticeable"/> after weighting.</summary>
    public int NoticeableWeightedLines => Lines.Count(line => line.LargestWeighted > Noticeable);

    /// <summary>Compares the arms.</summary>
    /// <param name="columns">One value per row each; known before treatment.</param>
    /// <param name="arms">The arm each row received; 0 is the control.</param>
    /// <param name="armCount">Two or more; each must have a row.</param>
    /// <param name="weights">Null, or one per row, as <see cref="OverlapWeights"/> gives them.</param>
    /// <exception cref="InvalidPredictionsException">Lengths that differ, or an arm without rows.</exception>
    public static BalanceTable Of(IReadOnlyList<BalanceColumn> columns, int[] arms, int armCount, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(arms);
        ArmChecks.Arms(arms, armCount);
        ArmChecks.Same("weights", weights?.Length ?? arms.Length, arms.Length);
        int[] counts = [.. Enumerable.Range(0, armCount).Select(arm => arms.Count(own => own == arm))];
        if (counts.Length < 2 || counts.Contains(0))
        {
            throw new InvalidPredictionsException("A balance table compares at least two arms, each with at least one row.");
        }

        List<BalanceLine> lines = [];
        foreach (BalanceColumn column in columns)
        {
            ArmChecks.Same($"values of {column.Name}", column.Values.Length, arms.Length);
            BalanceArms own = new(arms, armCount, weights);
            if (column.Levels.IsEmpty)
            {
                lines.Add(own.Line(column.Name, BalanceKind.Mean, "", column.Values));
            }
            for (int level = 0; level < column.Levels.Length; level++)
            {
                lines.Add(own.Line(column.Name, BalanceKind.Share, column.Levels[level], Array.ConvertAll(column.Values, value => double.IsNaN(value) ? value : value == level ? 1 : 0)));
            }
            if (column.Values.Any(double.IsNaN))
            {
                lines.Add(own.Line(column.Name, BalanceKind.Missing, "", Array.ConvertAll(column.Values, value => double.IsNaN(value) ? 1.0 : 0.0)));
            }
        }
        return new BalanceTable(
            [.. lines],
            [.. counts],
            [.. counts.Select((count, arm) => arm == 0 ? 0 : 1.959963984540054 * Math.Sqrt((1.0 / count) + (1.0 / counts[0])))],
            weights is null ? [] : [.. Enumerable.Range(0, armCount).Select(arm => EffectiveSampleSize.Of(weights.Where((_, row) => arms[row] == arm)))]);
    }
}
