using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Logistic loss for two classes, softmax for several.</summary>
internal sealed class ClassObjective(TreeSamples samples, TaskPool pool) : BoostingObjective
{
    private readonly double[] _chances = new double[samples.Count * samples.Margins];

    public override BinnedFeatures Features => samples.Features;

    public override int Count => samples.Count;

    public override int Margins => samples.Margins;

    public override ImmutableArray<int> Groups => samples.Groups;

    public override ImmutableArray<int> Strata => samples.Classes;

    public override ImmutableArray<float> Offsets => samples.Offsets;

    /// <summary>The log-odds of the rows.</summary>
    public override float[] Start(int[] rows)
    {
        // Half a sample more in each class keeps the logarithm of an absent one finite.
        var counts = Enumerable.Repeat(0.5, samples.ClassCount).ToArray();
        foreach (int row in rows)
        {
            counts[samples.Classes[row]]++;
        }

        double all = counts.Sum();
        return samples.ClassCount == 2
            ? [(float)DoubleMath.Log(counts[1] / counts[0])]
            : [.. counts.Select(count => (float)DoubleMath.Log(count / all))];
    }

    /// <summary>The probabilities that follow from the margins, of all samples.</summary>
    public override void Prepare(double[] scores) => pool.Run(Booster.Blocks(Count), (Own: this, scores), static (state, block) =>
    {
        var (own, scores) = state;
        int width = own.Margins;
        int from = block * Booster.BlockRows;
        int end = Math.Min(own.Count, from + Booster.BlockRows);
        if (width == 1)
        {
            LogisticFunctions.Sigmoid(scores.AsSpan(from..end), own._chances.AsSpan(from..end));
            return;
        }

        for (int row = from; row < end; row++)
        {
            Softmax(scores.AsSpan(row * width, width), own._chances.AsSpan(row * width, width));
        }
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gradients(double[] scores, int margin, double[] gradients)
    {
        int width = Margins;
        int target = width == 1 ? 1 : margin;
        var classes = samples.Classes.AsSpan();
        for (int row = 0; row < classes.Length; row++)
        {
            double chance = _chances[(row * width) + margin];
            gradients[2 * row] = (classes[row] == target ? 1 : 0) - chance;
            gradients[(2 * row) + 1] = Math.Max(chance * (1 - chance), 1e-12);
        }
    }

    public override double Loss(double[] scores, ReadOnlySpan<int> rows)
    {
        int width = Margins;
        Span<float> margins = stackalloc float[Math.Min(width, 1024)];
        margins = width > margins.Length ? new float[width] : margins;
        double sum = 0;
        foreach (int row in rows)
        {
            for (int k = 0; k < width; k++)
            {
                margins[k] = (float)scores[(row * width) + k];
            }

            sum += PointwiseLoss.Of(margins, samples.Classes[row]);
        }

        return sum;
    }

    public override double Weight(ReadOnlySpan<int> rows) => rows.Length;

    private static void Softmax(ReadOnlySpan<double> margins, Span<double> chances)
    {
        double largest = margins[0];
        foreach (double margin in margins)
        {
            largest = Math.Max(largest, margin);
        }

        double sum = 0;
        for (int k = 0; k < chances.Length; k++)
        {
            chances[k] = DoubleMath.Exp(margins[k] - largest);
            sum += chances[k];
        }

        for (int k = 0; k < chances.Length; k++)
        {
            chances[k] /= sum;
        }
    }
}
