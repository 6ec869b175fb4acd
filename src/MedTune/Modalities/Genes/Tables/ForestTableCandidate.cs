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

    // Pure leaves, as for many features and few samples ever since (Diaz-Uriarte and Alvarez de Andres, BMC Bioinformatics 7, 2006).
    private const int LeafSamples = 1;

    /// <inheritdoc/>
    public override string Name => "random forest";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Settings => [string.Create(CultureInfo.InvariantCulture, $"{Trees} trees")];

    /// <inheritdoc/>
    protected override FitRecord Fit(TreeSamples samples, GeneFitTask task, int part)
    {
        var options = new ForestOptions { Trees = Trees, LeafSamples = LeafSamples, PriorSamples = Prior };
        return RandomForest.Fit(samples, options, task.Seed, (ulong)part + 1, new FitProgressFile(null, ""), TaskPool.Sequential, task.Cancellation);
    }

    /// <inheritdoc/>
    protected override (TreeEnsemble Trees, float[] Intercepts) TreesOf(FitRecord record, ReadOnlySpan<double> shares, int margins) =>
        (FittedTrees.Of(record, "", margins), FittedTrees.InterceptsOf(record, ""));

    /// <inheritdoc/>
    protected override Value AppendMargin(GraphBuilder builder, Value trees, int margins) => ForestMargin.Append(builder, trees, margins);
}
