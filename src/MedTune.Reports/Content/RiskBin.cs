namespace MedTune.Reports;

/// <summary>Rows whose predicted risk lies in an interval.</summary>
/// <param name="Low">Lower end, 0..1.</param>
/// <param name="High">Upper end, above <paramref name="Low"/>, at most 1.</param>
/// <param name="Without">Rows without the outcome.</param>
/// <param name="With">Rows with the outcome.</param>
public readonly record struct RiskBin(double Low, double High, int Without, int With)
{
    // Finest first: the first width that leaves at most 20 bins up to the 99th percentile of the risks is taken.
    private static readonly int[] BinsOfWhole = [1000, 500, 200, 100, 50, 20];

    /// <summary>Counts predictions in bins of one width from 0 to 1: 0.05 wide, narrower when nearly all risks are small.</summary>
    /// <param name="probabilities">Predicted risks, 0..1; rows with NaN are left out.</param>
    /// <param name="targets">1 with the outcome, 0 without; as many as <paramref name="probabilities"/>.</param>
    /// <returns>The bins in rising order, lower ends included; empty when there are no rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static IReadOnlyList<RiskBin> Histogram(IReadOnlyList<double> probabilities, IReadOnlyList<int> targets)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(targets);
        if (probabilities.Count != targets.Count)
        {
            throw new ArgumentException($"There are {probabilities.Count} probabilities but {targets.Count} targets.", nameof(targets));
        }

        double[] sorted = [.. probabilities.Where(risk => !double.IsNaN(risk)).Order()];
        if (sorted.Length == 0)
        {
            return [];
        }

        double high = sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(0.99 * sorted.Length) - 1)];
        int count = BinsOfWhole.FirstOrDefault(bins => high * bins <= 20, BinsOfWhole[^1]);
        var with = new int[count];
        var without = new int[count];
        for (int row = 0; row < probabilities.Count; row++)
        {
            if (!double.IsNaN(probabilities[row]))
            {
                int bin = (int)Math.Clamp(Math.Floor(probabilities[row] * count), 0, count - 1);
                (targets[row] == 1 ? with : without)[bin]++;
            }
        }

        return [.. Enumerable.Range(0, count).Select(bin => new RiskBin((double)bin / count, (double)(bin + 1) / count, without[bin], with[bin]))];
    }
}
