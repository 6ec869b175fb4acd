using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Gradient boosting of histogram trees for a number: squared loss, each sample with its weight.</summary>
/// <remarks>The number of rounds is found as <see cref="GradientBoosting"/> finds it: where the squared error of grouped parts that are held out in turn is smallest.</remarks>
public static class RegressionBoosting
{
    /// <summary>Fits, from the beginning or from where <paramref name="progress"/> says.</summary>
    /// <param name="samples">What to learn from.</param>
    /// <param name="options">Step sizes and limits; <see cref="TreeOptions.ChildWeight"/> is a sum of sample weights.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">Tells this fit from the others of the run.</param>
    /// <param name="progress">Where the state is kept.</param>
    /// <param name="pool">Threads; their number changes no bit. Null for this thread alone.</param>
    /// <param name="cancellation">Stops after the current round, whose state is kept.</param>
    /// <returns>A record for <see cref="FittedTrees"/>, with <c>rounds</c> and <c>stop-loss</c>.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a target is not finite, or a weight is not above 0.</exception>
    public static FitRecord Fit(
        NumberSamples samples,
        BoostingOptions options,
        ulong seed,
        ulong stream,
        FitProgressFile progress,
        TaskPool? pool = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        samples.Check();
        return GradientBoosting.Fit(new NumberObjective(samples), options, seed, stream, progress, pool ?? TaskPool.Sequential, cancellation);
    }
}
