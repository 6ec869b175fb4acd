using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>Half the weighted square of the residual.</summary>
internal sealed class NumberObjective(NumberSamples samples) : BoostingObjective
{
    public override BinnedFeatures Features => samples.Features;

    public override int Count => samples.Count;

    public override int Margins => 1;

    public override ImmutableArray<int> Groups => samples.Groups;

    public override ImmutableArray<int> Strata { get; } = [.. new int[samples.Count]];

    public override ImmutableArray<float> Offsets => [];

    /// <summary>The weighted mean of the rows.</summary>
    public override float[] Start(int[] rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            sum += samples.WeightOf(row) * samples.Targets[row];
        }

        return [(float)(sum / Weight(rows))];
    }

    public override void Prepare(double[] scores)
    {
    }

    public override void Gradients(double[] scores, int margin, double[] gradients)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            double weight = samples.WeightOf(row);
            gradients[2 * row] = weight * (samples.Targets[row] - scores[row]);
            gradients[(2 * row) + 1] = weight;
        }
    }

    public override double Loss(double[] scores, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            double residual = samples.Targets[row] - scores[row];
            sum += 0.5 * samples.WeightOf(row) * residual * residual;
        }

        return sum;
    }

    public override double Weight(ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            sum += samples.WeightOf(row);
        }

        return sum;
    }
}
