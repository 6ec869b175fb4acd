using MedTune.Tensors;

namespace MedTune.Modalities.Treatment;

/// <summary>One search for a model of effects: on which rows, and what makes it repeatable.</summary>
/// <param name="Samples">All samples.</param>
/// <param name="Rows">The rows to learn from; each has an arm and an outcome. No other row is looked at.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Pool">Threads; their number changes no bit.</param>
internal sealed record TreatmentTask(TreatmentSamples Samples, int[] Rows, ulong Seed, TaskPool Pool)
{
    /// <summary>Parts that cross-fitting holds out in turn. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The least probability of every arm inside the region of overlap. Default 0.03.</summary>
    public double LeastPropensity { get; init; } = 0.03;

    /// <summary>The kinds of regression that are tried. Default: all.</summary>
    public BaseKind[] Bases { get; init; } = [BaseKind.Smooth, BaseKind.Boosted, BaseKind.SmoothThenBoosted];

    /// <summary>Asked between fits.</summary>
    public CancellationToken Cancellation { get; init; }
}
