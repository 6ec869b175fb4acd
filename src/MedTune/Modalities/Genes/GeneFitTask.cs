using MedTune.Data;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>What a candidate is fitted to.</summary>
/// <param name="Data">All samples.</param>
/// <param name="Rows">Those that may be looked at, in order.</param>
/// <param name="Inner">Folds of these rows, by groups and the same for all candidates; -1 for every other row.</param>
/// <param name="Seed">Seed of this fit.</param>
/// <param name="Pool">Threads.</param>
/// <param name="Progress">Told how far it is; null for nobody.</param>
/// <param name="Cancellation">Stops it.</param>
internal sealed record GeneFitTask(
    GeneData Data, int[] Rows, FoldAssignment Inner, ulong Seed, TaskPool Pool, IProgress<TrainingProgress>? Progress, CancellationToken Cancellation)
{
    /// <summary>Whether the fit is also to say what only people read (how often genes are chosen); not needed of the fits of outer folds. Default: true.</summary>
    public bool Explains { get; init; } = true;
}
