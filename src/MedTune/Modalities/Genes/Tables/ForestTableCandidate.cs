using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>A random forest over a table of genes or variants: 500 trees, each split choosing among as many features as the square root of their number.</summary>
internal sealed class ForestTableCandidate : TreeTableCandidate
{
    private const int Trees = 500;
    private const double Prior = 0.5;

    private static readonly ImmutableArray<int> Leaves = [1];

    /// <inheritdoc/>
    public override string Name => "random forest";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Settings => [.. Leaves.Select(leaf => string.Create(CultureInfo.InvariantCulture, $"leaves of at least {leaf}"))];

    /// <inheritdoc/>
    protected override FitRecord Fit(TreeSamples samples, GeneFitTask task, int part)
    {
        var all = new FitRecord();
        for (int setting = 0; setting < Leaves.Length; setting++)
        {
            var options = new ForestOptions { Trees = Trees, LeafSamples = Leaves[setting], PriorSamples = Prior };
            var fitted = RandomForest.Fit(samples, options, task.Seed, (ulong)((part * Leaves.Length) + setting + 1), new FitProgressFile(null, ""), TaskPool.Sequential, task.Cancellation);
            foreach (string name in fitted.Names)
            {
                all[$"{setting}/{name}"] = fitted[name];
            }
        }

        return all;
    }

    /// <inheritdoc/>
    protected override (TreeEnsemble Trees, float[] Intercepts) TreesOf(FitRecord record, int setting, int margins) =>
        (FittedTrees.Of(record, $"{setting}/", margins), FittedTrees.InterceptsOf(record, $"{setting}/"));

    /// <inheritdoc/>
    protected override Value AppendMargin(GraphBuilder builder, Value trees, int margins) => ForestMargin.Append(builder, trees, margins);
}
