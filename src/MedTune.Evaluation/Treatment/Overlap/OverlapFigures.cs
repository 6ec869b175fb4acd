using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Could every patient have received every arm? Where not, the data say nothing of the arm nobody like them received, and no effect may be predicted.</summary>
/// <remarks>
/// The region where every propensity is at least a: Crump, Hotz, Imbens and Mitnik, Biometrika 2009;96:187-199. For two arms that is a ≤ e ≤ 1 - a. No figure depends on the
/// order of the rows.
/// </remarks>
public sealed class OverlapFigures
{
    /// <summary>The least propensity of the region of overlap unless another is given.</summary>
    public const double UsualLeast = 0.03;

    private OverlapFigures(
        double least,
        ImmutableArray<OverlapArm> arms,
        ImmutableArray<bool> isOutside,
        int rowsOutside,
        int patientsOutside,
        int patients)
    {
        Least = least;
        Arms = arms;
        IsOutside = isOutside;
        RowsOutside = rowsOutside;
        PatientsOutside = patientsOutside;
        Patients = patients;
    }

    /// <summary>The least propensity a of the region of overlap.</summary>
    public double Least { get; }

    /// <summary>What concerns each arm; the control first.</summary>
    public ImmutableArray<OverlapArm> Arms { get; }

    /// <summary>For each row whether any arm's propensity lies below a.</summary>
    public ImmutableArray<bool> IsOutside { get; }

    /// <summary>Rows outside overlap.</summary>
    public int RowsOutside { get; }

    /// <summary>Patients with a row outside overlap.</summary>
    public int PatientsOutside { get; }

    /// <summary>Patients in all.</summary>
    public int Patients { get; }

    /// <summary>The figures of cross-fitted propensities.</summary>
    /// <param name="propensities">Rows x arms, row by row.</param>
    /// <param name="arms">The arm each row received.</param>
    /// <param name="armCount">Two or more.</param>
    /// <param name="groups">The patient of each row; null when every row is another patient.</param>
    /// <param name="least">From 0 to 0.5.</param>
    /// <param name="bins">Bins of the histograms from 0 to 1, at least 1.</param>
    /// <exception cref="InvalidPredictionsException">Not one propensity from 0 to 1 per row and arm.</exception>
    public static OverlapFigures Of(double[] propensities, int[] arms, int armCount, int[]? groups = null, double least = UsualLeast, int bins = 20)
    {
        ArgumentNullException.ThrowIfNull(propensities);
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentOutOfRangeException.ThrowIfNegative(least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(least, 0.5);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArmChecks.Grid("propensities", propensities.Length, arms.Length, armCount);
        ArmChecks.Arms(arms, armCount);
        ArmChecks.Same("patients", groups?.Length ?? arms.Length, arms.Length);
        for (int i = 0; i < propensities.Length; i++)
        {
            RowChecks.Probability(propensities[i], i / armCount);
        }

        bool[] outside = [.. Enumerable.Range(0, arms.Length).Select(row => propensities.AsSpan(row * armCount, armCount).ContainsAnyExceptInRange(least, double.MaxValue))];
        (int[] units, int count) = ResamplingUnits.Of(groups, arms.Length);
        double[] inverse = OverlapWeights.InversePropensity(propensities, arms, armCount);
        double[] overlapping = OverlapWeights.Overlapping(propensities, arms, armCount);
        return new OverlapFigures(
            least,
            [.. Enumerable.Range(0, armCount).Select(arm => Arm(arm))],
            [.. outside],
            outside.Count(one => one),
            units.Where((_, row) => outside[row]).Distinct().Count(),
            count);

        OverlapArm Arm(int arm)
        {
            double[] own = [.. Enumerable.Range(0, arms.Length).Select(row => propensities[(row * armCount) + arm])];
            int[] received = [.. Enumerable.Range(0, arms.Length).Where(row => arms[row] == arm)];
            return new OverlapArm(
                received.Length,
                [.. Enumerable.Range(0, armCount).Select(of => Histogram(own.Where((_, row) => arms[row] == of), bins))],
                own.Count(value => value < least),
                received.Count(row => outside[row]),
                units.Where((_, row) => own[row] < least).Distinct().Count(),
                own.Min(),
                own.Max(),
                EffectiveSampleSize.Of(received.Select(row => inverse[row])),
                EffectiveSampleSize.Of(received.Select(row => overlapping[row])));
        }
    }

    private static ImmutableArray<int> Histogram(IEnumerable<double> values, int bins)
    {
        int[] counts = new int[bins];
        foreach (double value in values)
        {
            counts[Math.Min(bins - 1, (int)(value * bins))]++;
        }
        return [.. counts];
    }
}
