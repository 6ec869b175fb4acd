using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Moves the weights of a network by batches of changed pictures.</summary>
internal abstract class PictureTrainer : IDisposable
{
    /// <summary>What a step is judged against: [picture, target].</summary>
    public abstract Span<float> Targets { get; }

    /// <summary>What the last step scored, before it: [picture, score].</summary>
    public abstract ReadOnlySpan<float> Scores { get; }

    /// <summary>The network in two parts where the first does not train and what it sees is kept; null where all of it runs in every step.</summary>
    public virtual FrozenSplit? Split => null;

    /// <summary>Starts to prepare a batch; only one is prepared at a time.</summary>
    /// <param name="samples">Numbers of pictures.</param>
    /// <param name="epoch">From 0.</param>
    public abstract Task<TrainingBatch> Begin(int[] samples, int epoch);

    /// <summary>Moves the weights; the targets have been written.</summary>
    /// <param name="batch">What was prepared.</param>
    /// <param name="rate">Greater than 0.</param>
    /// <returns>The mean loss before the step.</returns>
    public abstract float Step(TrainingBatch batch, float rate);

    /// <inheritdoc cref="NetworkTrainer.ChangeRates"/>
    public abstract void ChangeRates(ImmutableArray<ParameterRate> rates);

    /// <inheritdoc cref="NetworkTrainer.AveragedResult"/>
    public abstract Graph AveragedResult();

    /// <summary>Writes everything that the next step depends on.</summary>
    public abstract void Save(BinaryWriter writer);

    /// <summary>Goes on from what <see cref="Save"/> wrote.</summary>
    public abstract void Load(BinaryReader reader);

    /// <inheritdoc/>
    public abstract void Dispose();
}
