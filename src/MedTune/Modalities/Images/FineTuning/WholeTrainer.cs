using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Runs the whole network in every step, on pictures that are changed anew in every epoch.</summary>
/// <param name="trainer">Becomes this object's.</param>
/// <param name="pictures">Becomes this object's.</param>
/// <param name="input">The network's input.</param>
internal sealed class WholeTrainer(NetworkTrainer trainer, TrainingPictures pictures, string input) : PictureTrainer
{
    /// <inheritdoc/>
    public override Span<float> Targets => trainer.Input<float>(Loss.TargetName);

    /// <inheritdoc/>
    public override ReadOnlySpan<float> Scores => trainer.Plan.Output<float>(HeadedNetwork.Scores);

    /// <inheritdoc/>
    public override Task<TrainingBatch> Begin(int[] samples, int epoch) => pictures.Begin(samples, epoch);

    /// <inheritdoc/>
    public override float Step(TrainingBatch batch, float rate)
    {
        batch.Images.CopyTo(trainer.Input<float>(input));
        return trainer.Step(rate);
    }

    /// <inheritdoc/>
    public override void ChangeRates(ImmutableArray<ParameterRate> rates) => trainer.ChangeRates(rates);

    /// <inheritdoc/>
    public override Graph AveragedResult() => trainer.AveragedResult();

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer) => trainer.Save(writer);

    /// <inheritdoc/>
    public override void Load(BinaryReader reader) => trainer.Load(reader);

    /// <inheritdoc/>
    public override void Dispose()
    {
        pictures.Dispose();
        trainer.Dispose();
    }
}
