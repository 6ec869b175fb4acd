using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Treatment;

/// <summary>Fits a regression of one kind.</summary>
/// <param name="Features">The columns it may use.</param>
/// <param name="Groups">The group of every row of the matrix.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Pool">Threads.</param>
internal sealed record BaseRegression(FeatureMatrix Features, int[] Groups, ulong Seed, TaskPool Pool)
{
    // Above this many rows one held-out part tells the number of rounds as well as five, and steps may be longer.
    private const int ManyRows = 3000;

    /// <summary>Fits.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="targets">One per training row.</param>
    /// <param name="weights">One per training row; empty for all alike.</param>
    /// <param name="stream">Tells this fit from the others of the run.</param>
    public FittedRegression Fit(BaseKind kind, int[] rows, double[] targets, double[] weights, ulong stream)
    {
        if (kind == BaseKind.Boosted)
        {
            return Boosted(null, rows, targets, weights, stream);
        }

        // The held-out parts follow from the groups alone, so that swapping the arms swaps the sign of every effect.
        int[] groups = Array.ConvertAll(rows, row => Groups[row]);
        var smooth = SmoothRegression.Fit(Features.Values, Features.IsCategory, rows, targets, weights, groups, seed: Seed);
        return kind == BaseKind.Smooth
            ? new FittedRegression(smooth, null, 0)
            : Boosted(smooth, rows, [.. targets.Zip(smooth.HeldOut, (target, answer) => target - answer)], weights, stream);
    }

    private FittedRegression Boosted(SmoothFit? smooth, int[] rows, double[] targets, double[] weights, ulong stream)
    {
        bool many = rows.Length > ManyRows;
        var options = new BoostingOptions
        {
            LearningRate = many ? 0.1 : 0.07,
            Patience = 20,
            StoppingFolds = many ? 1 : 5,
            Tree = new TreeOptions { Depth = 4, Leaves = 8, ChildWeight = many ? 20 : Math.Max(3, rows.Length / 50) },
        };
        var samples = new NumberSamples(
            BinnedFeatures.Of(Features.Values, Features.IsCategory, rows), [.. targets], [.. rows.Select(row => Groups[row])])
        {
            Weights = [.. weights],
        };
        var record = RegressionBoosting.Fit(samples, options, Seed, stream, new FitProgressFile(null, ""), Pool);
        return new FittedRegression(smooth, FittedTrees.Of(record, "", 1), FittedTrees.InterceptsOf(record, "")[0]);
    }
}
