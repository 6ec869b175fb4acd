using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Fits a linear head to features that are standardized for the fit; the standardization goes into the weights that come out.</summary>
internal static class LinearFit
{
    private const string Features = "features";
    private const string Margin = "margin";

    // Far below what another sample of so few hundred or thousand pictures would change.
    private static readonly LbfgsOptions Options = new() { GradientTolerance = 1e-5, MaximumIterations = 200 };

    /// <summary>Fits some pictures, with all their variants, at each penalty.</summary>
    /// <param name="features">Features of all pictures.</param>
    /// <param name="classes">Class of each picture.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="samples">The pictures to learn from.</param>
    /// <param name="penalties">From the strongest to the weakest: each fit starts where the one before ended.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="cancellation">Asked before each fit.</param>
    public static ImmutableArray<LinearMargins> Path(
        ImageFeatureSet features, ReadOnlySpan<int> classes, int count, ReadOnlySpan<int> samples, ImmutableArray<double> penalties, TaskPool pool, CancellationToken cancellation)
    {
        var taken = features.Take(samples);
        var (means, deviations) = Standardize(taken);
        int rows = taken.Samples * taken.Variants;
        var targets = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            targets[row] = classes[samples[row / taken.Variants]];
        }

        var matrix = new Tensor<float>(new Shape(rows, taken.Width), taken.Values);
        var training = new TrainingSamples(rows, ImmutableSortedDictionary<string, Tensor>.Empty.Add(Features, matrix), [.. targets]);
        int[] all = [.. Enumerable.Range(0, rows)];
        if (count == 2)
        {
            var trainer = new LogisticTrainer(training, Features, [], all, pool);
            return Follow(penalties, penalty => trainer.Minimize(penalty, Options), trainer.ToTensors, means, deviations, cancellation);
        }

        var builder = new GraphBuilder("head");
        LinearHead.Append(builder, builder.Input(Features, ElementType.Float, Dimension.Batch, taken.Width), [], count, Margin);
        builder.Output(builder[Margin]);
        using var full = new FullBatchTrainer(
            builder.Build(), Margin, new CrossEntropy(), [new TrainableParameter(LinearHead.Weights, true), new TrainableParameter(LinearHead.Intercept, false)], training, all);
        return Follow(penalties, penalty => full.Minimize(penalty, [], Options), full.ToTensors, means, deviations, cancellation);
    }

    private static ImmutableArray<LinearMargins> Follow(
        ImmutableArray<double> penalties,
        Action<double> minimize,
        Func<ImmutableSortedDictionary<string, Tensor>> tensors,
        double[] means,
        double[] deviations,
        CancellationToken cancellation)
    {
        var path = ImmutableArray.CreateBuilder<LinearMargins>();
        foreach (double penalty in penalties)
        {
            cancellation.ThrowIfCancellationRequested();
            minimize(penalty);
            var fitted = tensors();
            path.Add(Folded(fitted[LinearHead.Weights].Values<float>(), fitted[LinearHead.Intercept].Values<float>(), means, deviations));
        }

        return path.ToImmutable();
    }

    /// <summary>Brings every feature to mean 0 and deviation 1, in place; one that never varies becomes 0 and its deviation is said to be 0.</summary>
    private static (double[] Means, double[] Deviations) Standardize(ImageFeatureSet features)
    {
        int width = features.Width, rows = features.Values.Length / width;
        var means = new double[width];
        var deviations = new double[width];
        for (int i = 0; i < features.Values.Length; i++)
        {
            means[i % width] += features.Values[i];
        }

        for (int j = 0; j < width; j++)
        {
            means[j] /= rows;
        }

        for (int i = 0; i < features.Values.Length; i++)
        {
            double apart = features.Values[i] - means[i % width];
            deviations[i % width] += apart * apart;
        }

        for (int j = 0; j < width; j++)
        {
            double deviation = Math.Sqrt(deviations[j] / rows);
            deviations[j] = deviation > 1e-6 * Math.Abs(means[j]) ? deviation : 0;
        }

        for (int i = 0; i < features.Values.Length; i++)
        {
            int j = i % width;
            features.Values[i] = deviations[j] > 0 ? (float)((features.Values[i] - means[j]) / deviations[j]) : 0;
        }

        return (means, deviations);
    }

    private static LinearMargins Folded(ReadOnlySpan<float> weights, ReadOnlySpan<float> intercepts, double[] means, double[] deviations)
    {
        int count = intercepts.Length;
        var folded = new float[weights.Length];
        var shifts = new double[count];
        for (int i = 0; i < folded.Length; i++)
        {
            int j = i / count;
            double weight = deviations[j] > 0 ? weights[i] / deviations[j] : 0;
            folded[i] = (float)weight;
            shifts[i % count] -= weight * means[j];
        }

        for (int k = 0; k < count; k++)
        {
            shifts[k] += intercepts[k];
        }

        return new LinearMargins(folded, [.. shifts.Select(shift => (float)shift)]);
    }
}
