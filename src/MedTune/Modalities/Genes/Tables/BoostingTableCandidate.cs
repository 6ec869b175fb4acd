using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Gradient boosting over a table of genes or variants: small trees, each asking a part of the features; the inner folds tell how many rounds.</summary>
internal sealed class BoostingTableCandidate : TreeTableCandidate
{
    // Of so many features a tree asks about this many, at least a tenth: with far more features than samples, others say nearly the same.
    private const double WantedFeatures = 1000;
    private const int ManySamples = 1000;

    private static readonly ImmutableArray<int> Rounds = [10, 25, 50, 100, 150];

    /// <inheritdoc/>
    public override string Name => "gradient boosting";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Settings => [.. Rounds.Select(rounds => string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds"))];

    /// <inheritdoc/>
    protected override FitRecord Fit(TreeSamples samples, GeneFitTask task, int part)
    {
        bool many = samples.Count > ManySamples;
        var options = new BoostingOptions
        {
            Rounds = Rounds[^1],
            StoppingFolds = 0,
            LearningRate = 0.1,
            FeatureShare = Math.Clamp(WantedFeatures / samples.Features.Features, 0.1, 0.5),
            Tree = new TreeOptions { Depth = 3, Leaves = 8, ChildWeight = many ? 1 : 0.5 },
        };
        return GradientBoosting.Fit(samples, options, task.Seed, (ulong)part + 1, new FitProgressFile(null, ""), TaskPool.Sequential, task.Cancellation);
    }

    /// <summary>In a mean of the first rounds of one sequence a tree counts as much as the settings that reach it.</summary>
    protected override (TreeEnsemble Trees, float[] Intercepts) TreesOf(FitRecord record, ReadOnlySpan<double> shares, int margins)
    {
        var trees = FittedTrees.Of(record, "", margins);
        var factors = new double[trees.Roots.Length];
        int last = 0;
        for (int setting = 0; setting < shares.Length; setting++)
        {
            int count = Math.Min(Rounds[setting] * margins, factors.Length);
            last = shares[setting] > 0 ? count : last;
            for (int tree = 0; tree < count; tree++)
            {
                factors[tree] += shares[setting];
            }
        }

        return (FittedTrees.Scaled(FittedTrees.First(trees, last), factors), FittedTrees.InterceptsOf(record, ""));
    }

    /// <inheritdoc/>
    protected override Value AppendMargin(GraphBuilder builder, Value trees, int margins) => trees;
}
