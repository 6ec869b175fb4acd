using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>A random forest (Breiman, 2001): trees on bootstrap samples that try a few features at each split; leaves hold shares of the classes.</summary>
/// <remarks>A tree is a function of (seed, stream, its number) alone. The answer is the mean over the trees: each leaf is divided by their number.</remarks>
public static class RandomForest
{
    private const int TreesBetweenSaves = 16;

    /// <summary>Fits, from the beginning or from where <paramref name="progress"/> says.</summary>
    /// <param name="samples">What to learn from.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">Tells this fit from the others of the run.</param>
    /// <param name="progress">Where finished trees are kept.</param>
    /// <param name="pool">Threads; their number changes no bit. Null for this thread alone.</param>
    /// <param name="cancellation">Stops after the current tree.</param>
    /// <returns>A record for <see cref="FittedTrees"/>: one probability for two classes, else one per class; intercepts of zero.</returns>
    public static FitRecord Fit(
        TreeSamples samples,
        ForestOptions options,
        ulong seed,
        ulong stream,
        FitProgressFile progress,
        TaskPool? pool = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var trees = new TreeEnsembleBuilder(samples.Margins);
        progress.TryLoad(reader => trees.Load(Numbers(reader)));
        var grower = new TreeGrower(samples.Features, Limits(samples, options), samples.Margins, pool ?? TaskPool.Sequential);
        double[] shares = Shares(samples);
        while (trees.Count < options.Trees)
        {
            if (cancellation.IsCancellationRequested)
            {
                progress.Save(writer => Write(writer, trees.ToNumbers()));
                cancellation.ThrowIfCancellationRequested();
            }

            trees.Add(Tree(samples, options, grower, shares, seed, (stream << 40) | (uint)trees.Count), samples.Features, -1);
            if (trees.Count % TreesBetweenSaves == 0)
            {
                progress.Save(writer => Write(writer, trees.ToNumbers()));
            }
        }

        return FittedTrees.ToRecord(trees, new float[samples.Margins]);
    }

    private static TreeOptions Limits(TreeSamples samples, ForestOptions options)
    {
        int features = samples.Features.Features;
        int tried = options.SplitFeatures > 0 ? options.SplitFeatures : (int)Math.Ceiling(Math.Sqrt(features));
        return new TreeOptions
        {
            Depth = options.Depth,
            Leaves = int.MaxValue,
            ChildWeight = options.LeafSamples,
            Ridge = 0,
            LevelSmoothing = 0,
            LevelRidge = 0,
            FeatureShare = Math.Min(1, (double)tried / features),
        };
    }

    private static GrownTree Tree(TreeSamples samples, ForestOptions options, TreeGrower grower, double[] shares, ulong seed, ulong stream)
    {
        int outputs = samples.Margins;
        var random = new Philox(seed, RandomPurpose.Bootstrap, stream);
        var stats = new double[samples.Count * (outputs + 1)];
        for (int i = 0; i < samples.Count; i++)
        {
            int row = random.Below(samples.Count, (ulong)i);
            int own = row * (outputs + 1);
            int target = outputs == 1 ? samples.Classes[row] - 1 : samples.Classes[row];
            stats[own + outputs]++;
            if (target >= 0)
            {
                stats[own + target]++;
            }
        }

        int[] drawn = [.. Enumerable.Range(0, samples.Count).Where(row => stats[(row * (outputs + 1)) + outputs] > 0)];
        int[] all = [.. Enumerable.Range(0, samples.Features.Features)];
        var tree = grower.Grow(drawn, stats, all, new Philox(seed, RandomPurpose.FeatureSampling, stream));
        foreach (var node in tree.Nodes)
        {
            for (int d = 0; d < outputs; d++)
            {
                double share = ((node.Values[d] * node.Weight) + (options.PriorSamples * shares[d])) / (node.Weight + options.PriorSamples);
                node.Values[d] = (float)(share / options.Trees);
            }
        }

        return tree;
    }

    private static double[] Shares(TreeSamples samples) =>
    [
        .. Enumerable.Range(0, samples.Margins)
            .Select(k => (double)samples.Classes.Count(c => c == (samples.Margins == 1 ? 1 : k)) / samples.Count),
    ];

    private static void Write(BinaryWriter writer, double[] numbers)
    {
        writer.Write(numbers.Length);
        foreach (double number in numbers)
        {
            writer.Write(number);
        }
    }

    private static double[] Numbers(BinaryReader reader)
    {
        var numbers = new double[reader.ReadInt32()];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.ReadDouble();
        }

        return numbers;
    }
}
