using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Precision against recall over all thresholds. No point is made up at recall 0.</summary>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(ImmutableArray<PrecisionRecallPoint> points, double prevalence)
    {
        Points = points;
        Prevalence = prevalence;
    }

    /// <summary>Thresholds descending, recall ascending to 1. Empty without positive rows.</summary>
    public ImmutableArray<PrecisionRecallPoint> Points { get; }

    /// <summary>The precision of a coin: the line the curve must beat.</summary>
    public double Prevalence { get; }

    /// <summary>At most about <paramref name="most"/> points, evenly picked, the first and the last kept: for drawing.</summary>
    /// <param name="most">At least 2.</param>
    public ImmutableArray<PrecisionRecallPoint> Thinned(int most) => CurveThinning.Of(Points, most);

    internal static PrecisionRecallCurve Of(BinarySample rows)
    {
        long positives = rows.Targets.Sum();
        double prevalence = (double)positives / rows.Count;
        if (positives == 0)
        {
            return new PrecisionRecallCurve([], prevalence);
        }

        ImmutableArray<PrecisionRecallPoint>.Builder points = ImmutableArray.CreateBuilder<PrecisionRecallPoint>();
        long hits = 0;
        for (int block = rows.Blocks.Length - 2; block >= 0; block--)
        {
            for (int i = rows.Blocks[block]; i < rows.Blocks[block + 1]; i++)
            {
                hits += rows.Targets[i];
            }
            long called = rows.Count - rows.Blocks[block];
            points.Add(new PrecisionRecallPoint(rows.Probabilities[rows.Blocks[block]], (double)hits / positives, (double)hits / called));
            if (hits == positives)
            {
                // Lower thresholds only add false alarms at recall 1.
                break;
            }
        }
        return new PrecisionRecallCurve(points.ToImmutable(), prevalence);
    }
}
