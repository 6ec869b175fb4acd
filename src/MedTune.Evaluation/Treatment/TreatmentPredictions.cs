using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>What the figures of treatment selection start from: for every row what was given, what came of it, and what cross-fitted models expected.</summary>
/// <remarks>
/// Both models must not have seen the row's patient (cross-fitting; Chernozhukov et al., Econometrics Journal 2018;21:C1-C68). A higher outcome must be the better
/// one: turn harms round before, so that every effect above 0 is a benefit. Arm 0 is the control.
/// </remarks>
/// <param name="Outcomes">One per row, finite; 0 and 1 for a yes/no outcome.</param>
/// <param name="Arms">The arm each row received: its place in <paramref name="ArmNames"/>.</param>
/// <param name="Propensities">Rows x arms, row by row: the probability of receiving each arm given what was known before; each row sums to 1.</param>
/// <param name="OutcomePredictions">Rows x arms, row by row: the outcome expected under each arm.</param>
/// <param name="ArmNames">Two or more; the control first.</param>
/// <param name="Groups">The patient of each row; null when every row is another patient.</param>
public sealed record TreatmentPredictions(
    double[] Outcomes, int[] Arms, double[] Propensities, double[] OutcomePredictions, ImmutableArray<string> ArmNames, int[]? Groups = null)
{
    /// <summary>How far the propensities of a row may be from a sum of 1: they may come from a model in single precision.</summary>
    private const double SumTolerance = 1e-4;

    /// <summary>Rows.</summary>
    public int Count => Outcomes.Length;

    /// <summary>Arms.</summary>
    public int ArmCount => ArmNames.Length;

    /// <summary>
    /// The rows of a randomized trial without any model: the propensities are the shares of the arms, the expected outcomes their means. The doubly robust effect is then the
    /// plain difference of means.
    /// </summary>
    /// <param name="outcomes">One per row, finite.</param>
    /// <param name="arms">The arm each row received.</param>
    /// <param name="armNames">Two or more; the control first.</param>
    /// <param name="groups">The patient of each row; null when every row is another patient.</param>
    /// <exception cref="InvalidPredictionsException">No rows, not one arm per row, or an arm nobody received.</exception>
    public static TreatmentPredictions OfTrial(double[] outcomes, int[] arms, ImmutableArray<string> armNames, int[]? groups = null)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(arms);
        ArmChecks.Rows(outcomes, arms, armNames.Length, groups);
        int[] order = CanonicalRows.Of(groups, [outcomes, Array.ConvertAll(arms, arm => (double)arm)]).Order;
        double[] sums = new double[armNames.Length];
        int[] counts = new int[armNames.Length];
        foreach (int row in order)
        {
            sums[arms[row]] += outcomes[row];
            counts[arms[row]]++;
        }
        ArmChecks.Received(counts, armNames);
        double[] shares = Array.ConvertAll(counts, count => (double)count / outcomes.Length);
        double[] means = [.. sums.Select((sum, arm) => sum / counts[arm])];
        return new TreatmentPredictions(
            outcomes, arms, [.. outcomes.SelectMany(_ => shares)], [.. outcomes.SelectMany(_ => means)], armNames, groups);
    }

    /// <summary>Some of the rows, in the order given.</summary>
    /// <param name="rows">Their places, from 0.</param>
    public TreatmentPredictions Subset(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new TreatmentPredictions(
            [.. rows.Select(row => Outcomes[row])],
            [.. rows.Select(row => Arms[row])],
            [.. rows.SelectMany(row => Propensities.Skip(row * ArmCount).Take(ArmCount))],
            [.. rows.SelectMany(row => OutcomePredictions.Skip(row * ArmCount).Take(ArmCount))],
            ArmNames,
            Groups is null ? null : [.. rows.Select(row => Groups[row])]);
    }

    /// <summary>Refuses rows no effect can be computed from.</summary>
    internal void Check()
    {
        ArmChecks.Rows(Outcomes, Arms, ArmCount, Groups);
        ArmChecks.Grid("propensities", Propensities.Length, Count, ArmCount);
        ArmChecks.Grid("expected outcomes", OutcomePredictions.Length, Count, ArmCount);
        ArmChecks.Finite("expected outcome", OutcomePredictions, ArmCount);
        int[] counts = new int[ArmCount];
        for (int row = 0; row < Count; row++)
        {
            double sum = 0;
            for (int arm = 0; arm < ArmCount; arm++)
            {
                double propensity = Propensities[(row * ArmCount) + arm];
                RowChecks.Probability(propensity, row);
                sum += propensity;
            }
            if (Math.Abs(sum - 1) > SumTolerance)
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"The propensities of row {row} (counted from 0) must sum to 1 over the arms, but they do not."));
            }
            if (Propensities[(row * ArmCount) + Arms[row]] == 0)
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"Row {row} (counted from 0) received an arm whose propensity is 0 there; the model of the propensities contradicts the data."));
            }
            counts[Arms[row]]++;
        }
        ArmChecks.Received(counts, ArmNames);
    }
}
