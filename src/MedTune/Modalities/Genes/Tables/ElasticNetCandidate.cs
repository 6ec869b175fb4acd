using System.Collections.Immutable;
using System.Globalization;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Elastic-net logistic regression for far more genes than samples, with the share of halves of the samples in which each gene is chosen.</summary>
/// <param name="steps">Penalties of each path.</param>
/// <param name="shares">Lasso shares.</param>
internal class ElasticNetCandidate(int steps, ImmutableArray<double> shares) : LinearTableCandidate
{
    private const double SmallestShare = 0.01;

    /// <summary>With three lasso shares.</summary>
    /// <remarks>With a smaller share groups of genes that rise and fall together enter together, with 1 one stands for each group (Zou and Hastie, J. R. Stat. Soc. B 67, 2005).</remarks>
    public ElasticNetCandidate()
        : this(30, [0.2, 0.5, 1])
    {
    }

    /// <inheritdoc/>
    public override string Name => "elastic net";

    /// <inheritdoc/>
    protected override ImmutableArray<string> SettingsFor(GeneData data) =>
        [.. shares.SelectMany(share => Enumerable.Range(0, steps).Select(step => string.Create(CultureInfo.InvariantCulture, $"lasso share {share:0.#}, step {step + 1} of {steps}")))];

    /// <inheritdoc/>
    protected override LinearSpace Measure(GeneData data, int[] rows) => MeasuredSpace.Of(data, rows, bySample: false);

    /// <inheritdoc/>
    protected override LinearSpace SpaceOf(GeneData data, FitRecord record) => MeasuredSpace.Of(record);

    /// <summary>Steps are shares of the largest penalty of the rows at hand, so that they mean the same in every part.</summary>
    protected override GeneLinearFit[] FitSettings(double[][] columns, int[] classes, int count, CancellationToken cancellation) =>
        [.. shares.SelectMany(share => Follow(columns, classes, count, share, cancellation))];

    /// <inheritdoc/>
    protected override double[][]? ChosenOften(GeneFitTask task, double[][] columns)
    {
        ArgumentNullException.ThrowIfNull(task);
        int[] classes = Array.ConvertAll(task.Rows, row => task.Data.Classes[row]);
        int[] groups = Array.ConvertAll(task.Rows, row => task.Data.Groups[row]);
        return classes.Distinct().Count() < task.Data.ClassNames.Length
            ? null
            : StabilitySelection.Run(columns, classes, groups, task.Data.ClassNames.Length, new StabilityOptions(), task.Seed, task.Pool, task.Cancellation).Frequencies;
    }

    private IEnumerable<GeneLinearFit> Follow(double[][] columns, int[] classes, int count, double share, CancellationToken cancellation)
    {
        var options = new ElasticNetOptions { LassoShare = share, Count = steps, SmallestShare = SmallestShare, MostExplained = 0.98, Tolerance = 1e-7 };
        var path = ElasticNetPath.Follow(columns, classes, count, options, cancellation);
        for (int step = 0; step < steps; step++)
        {
            yield return Sparse(path[Math.Min(step, path.Length - 1)]);
        }
    }

    private static GeneLinearFit Sparse(ElasticNetFit fit)
    {
        int[] features = [.. fit.Features];
        double[][] weights = [.. fit.Intercepts.Select(_ => new double[features.Length])];
        foreach (var weight in fit.Weights)
        {
            weights[weight.Margin][Array.BinarySearch(features, weight.Feature)] = weight.Value;
        }

        return new GeneLinearFit([.. fit.Intercepts], weights, features);
    }
}
