using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Sensitivity against 1 - specificity over all thresholds, from (0, 0) to (1, 1). Straight runs are kept as their two ends.</summary>
public sealed class RocCurve
{
    private RocCurve(ImmutableArray<RocPoint> points) => Points = points;

    /// <summary>Thresholds descending. Empty when a class is missing.</summary>
    public ImmutableArray<RocPoint> Points { get; }

    /// <summary>At most about <paramref name="most"/> points, evenly picked, the first and the last kept: for drawing.</summary>
    /// <param name="most">At least 2.</param>
    public ImmutableArray<RocPoint> Thinned(int most) => CurveThinning.Of(Points, most);

    internal static RocCurve Of(BinarySample rows)
    {
        long positives = rows.Targets.Sum();
        long negatives = rows.Count - positives;
        if (positives == 0 || negatives == 0)
        {
            return new RocCurve([]);
        }

        List<(double Threshold, long False, long True)> kept = [(double.PositiveInfinity, 0, 0)];
        long falsePositives = 0;
        long truePositives = 0;
        for (int block = rows.Blocks.Length - 2; block >= 0; block--)
        {
            for (int i = rows.Blocks[block]; i < rows.Blocks[block + 1]; i++)
            {
                truePositives += rows.Targets[i];
                falsePositives += 1 - rows.Targets[i];
            }
            if (kept.Count > 1 && Straight(kept[^2], kept[^1], falsePositives, truePositives))
            {
                kept.RemoveAt(kept.Count - 1);
            }
            kept.Add((rows.Probabilities[rows.Blocks[block]], falsePositives, truePositives));
        }
        return new RocCurve([.. kept.Select(p => new RocPoint(p.Threshold, (double)p.False / negatives, (double)p.True / positives))]);
    }

    private static bool Straight((double Threshold, long False, long True) a, (double Threshold, long False, long True) b, long x, long y) =>
        (b.False - a.False) * (y - b.True) == (b.True - a.True) * (x - b.False);
}
