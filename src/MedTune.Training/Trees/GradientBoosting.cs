using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Gradient boosting of histogram trees: logistic loss for two classes, softmax for several.</summary>
/// <remarks>
/// How many rounds: grouped parts of the training samples are held out in turn, all sequences advance side by side, and the round with the
/// smallest loss over all held-out samples is where the final sequence, on all training samples, ends. The state can be written to a
/// <see cref="FitProgressFile"/>; a fit resumed from it ends with the same bits (Friedman, 2001; Chen and Guestrin, 2016; Ke et al., 2017).
/// </remarks>
public static class GradientBoosting
{
    // How often the state is kept: often enough to lose little, seldom enough to cost nothing beside a round.
    private const int RoundsBetweenSaves = 16;

    /// <summary>Fits, from the beginning or from where <paramref name="progress"/> says.</summary>
    /// <param name="samples">What to learn from.</param>
    /// <param name="options">Step sizes and limits.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">Tells this fit from the others of the run.</param>
    /// <param name="progress">Where the state is kept.</param>
    /// <param name="pool">Threads; their number changes no bit. Null for this thread alone.</param>
    /// <param name="cancellation">Stops after the current round, whose state is kept.</param>
    /// <returns>A record for <see cref="FittedTrees"/>, with <c>rounds</c> and <c>stop-loss</c>.</returns>
    public static FitRecord Fit(
        TreeSamples samples,
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
        pool ??= TaskPool.Sequential;
        return Fit(new ClassObjective(samples, pool), options, seed, stream, progress, pool, cancellation);
    }

    internal static FitRecord Fit(
        BoostingObjective objective,
        BoostingOptions options,
        ulong seed,
        ulong stream,
        FitProgressFile progress,
        TaskPool pool,
        CancellationToken cancellation)
    {
        var state = new BoostingState(objective, options, seed, stream, pool);
        progress.TryLoad(state.Load);
        while (!state.IsFinished)
        {
            if (cancellation.IsCancellationRequested)
            {
                progress.Save(state.Save);
                cancellation.ThrowIfCancellationRequested();
            }

            state.Step();
            if (state.Steps % RoundsBetweenSaves == 0)
            {
                progress.Save(state.Save);
            }
        }

        return state.ToRecord();
    }
}
