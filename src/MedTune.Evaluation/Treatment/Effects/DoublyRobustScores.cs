using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>
/// Augmented inverse-propensity scores: for row i and arm k, Γ = m_k(x) + 1{W = k} (Y - m_k(x)) / e_k(x). Their mean over rows estimates the mean outcome were every one of
/// those rows given arm k, and stays right when either the outcome model m or the propensities e are right.
/// </summary>
/// <remarks>
/// Robins, Rotnitzky and Zhao, J Am Stat Assoc 1994;89:846-866; with cross-fitted models Chernozhukov et al., Econometrics Journal 2018;21:C1-C68. Small propensities are
/// raised to a floor, arm by arm; <see cref="Clipping"/> counts them.
/// </remarks>
public sealed class DoublyRobustScores
{
    /// <summary>The floor used unless another is given.</summary>
    public const double UsualFloor = 0.02;

    private readonly double[] _values;

    private DoublyRobustScores(double[] values, ImmutableArray<string> armNames, int[]? groups, PropensityClipping clipping)
    {
        _values = values;
        ArmNames = armNames;
        Groups = groups;
        Clipping = clipping;
    }

    /// <summary>The control first.</summary>
    public ImmutableArray<string> ArmNames { get; }

    /// <summary>The patient of each row; null when every row is another patient.</summary>
    public int[]? Groups { get; }

    /// <summary>Which propensities were raised.</summary>
    public PropensityClipping Clipping { get; }

    /// <summary>Rows.</summary>
    public int Count => _values.Length / ArmNames.Length;

    /// <summary>Arms.</summary>
    public int ArmCount => ArmNames.Length;

    /// <summary>The score of a row under an arm.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="arm">From 0.</param>
    public double this[int row, int arm] => _values[(row * ArmCount) + arm];

    /// <summary>The scores of cross-fitted predictions.</summary>
    /// <param name="predictions">At least one row in every arm.</param>
    /// <param name="floor">The least propensity used, from 0 (none is raised) to 0.5.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static DoublyRobustScores Of(TreatmentPredictions predictions, double floor = UsualFloor)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentOutOfRangeException.ThrowIfNegative(floor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(floor, 0.5);
        predictions.Check();
        int arms = predictions.ArmCount;
        double[] values = [.. predictions.OutcomePredictions];
        for (int row = 0; row < predictions.Count; row++)
        {
            int received = (row * arms) + predictions.Arms[row];
            values[received] += (predictions.Outcomes[row] - values[received]) / Math.Max(floor, predictions.Propensities[received]);
        }
        ArmChecks.Finite("doubly robust score", values, arms);
        return new DoublyRobustScores(values, predictions.ArmNames, predictions.Groups, Clipped(predictions, floor));
    }

    /// <summary>The scores of one arm: their mean estimates the outcome were everyone given it.</summary>
    /// <param name="arm">From 0.</param>
    public EffectScores OfArm(int arm)
    {
        ArmChecks.Arm(arm, ArmCount);
        return new EffectScores([.. Enumerable.Range(0, Count).Select(row => this[row, arm])], Groups);
    }

    /// <summary>The scores of the effect of one arm against another.</summary>
    /// <param name="treated">The arm whose benefit is asked.</param>
    /// <param name="control">The arm it is held against.</param>
    public EffectScores Effect(int treated = 1, int control = 0)
    {
        ArmChecks.Arm(treated, ArmCount);
        ArmChecks.Arm(control, ArmCount);
        return new EffectScores([.. Enumerable.Range(0, Count).Select(row => this[row, treated] - this[row, control])], Groups);
    }

    /// <summary>The scores of a contrast of arms, such as (-1, 1/2, 1/2) for two drugs against the control.</summary>
    /// <param name="coefficients">One per arm; they sum to 0.</param>
    /// <exception cref="InvalidPredictionsException">Not one coefficient per arm, or they do not sum to 0.</exception>
    public EffectScores Contrast(IReadOnlyList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        if (coefficients.Count != ArmCount || !(Math.Abs(coefficients.Sum()) <= 1e-9))
        {
            throw new InvalidPredictionsException("A contrast needs one coefficient per arm, and they must sum to 0: otherwise it is not a difference between arms.");
        }
        return new EffectScores(
            [.. Enumerable.Range(0, Count).Select(row => Enumerable.Range(0, ArmCount).Sum(arm => coefficients[arm] * this[row, arm]))], Groups);
    }

    /// <summary>The scores of some of the rows, in the order given; the counts of clipped propensities stay those of all rows.</summary>
    /// <param name="rows">Their places, from 0.</param>
    public DoublyRobustScores Subset(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new DoublyRobustScores(
            [.. rows.SelectMany(row => _values.AsSpan(row * ArmCount, ArmCount).ToArray())],
            ArmNames,
            Groups is null ? null : [.. rows.Select(row => Groups[row])],
            Clipping);
    }

    private static PropensityClipping Clipped(TreatmentPredictions predictions, double floor)
    {
        int arms = predictions.ArmCount;
        int[] below = new int[arms];
        int[] raised = new int[arms];
        HashSet<int> patients = [];
        int rows = 0;
        for (int row = 0; row < predictions.Count; row++)
        {
            bool any = false;
            for (int arm = 0; arm < arms; arm++)
            {
                if (predictions.Propensities[(row * arms) + arm] < floor)
                {
                    any = true;
                    below[arm]++;
                    raised[arm] += predictions.Arms[row] == arm ? 1 : 0;
                }
            }
            if (any)
            {
                rows++;
                patients.Add(predictions.Groups?[row] ?? row);
            }
        }
        return new PropensityClipping(floor, [.. below], [.. raised], rows, patients.Count);
    }
}
