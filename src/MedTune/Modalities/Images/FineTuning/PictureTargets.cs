using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>What pictures teach: how labels become targets of a loss, and how margins are judged by them.</summary>
internal abstract class PictureTargets
{
    /// <summary>Pictures' numbers are below it.</summary>
    public abstract int Pictures { get; }

    /// <summary>Targets of a picture.</summary>
    public abstract int Width { get; }

    /// <summary>Margins of a picture.</summary>
    public abstract int Margins { get; }

    /// <summary>The class of a picture; 0 for findings.</summary>
    public abstract int ClassOf(int picture);

    /// <summary>Pictures of each class, or with each finding.</summary>
    public abstract ImmutableArray<int> Counts(int[] pictures);

    /// <summary>What is made small.</summary>
    /// <param name="options">How the network is trained.</param>
    /// <param name="counts">Pictures to learn from of each class or with each finding.</param>
    public abstract Loss LossOf(FineTuningOptions options, ImmutableArray<int> counts);

    /// <summary>What a picture of each class counts in an epoch.</summary>
    /// <param name="options">How the network is trained.</param>
    /// <param name="counts">Pictures to learn from of each class or with each finding.</param>
    /// <param name="epoch">From 0.</param>
    public abstract ImmutableArray<double> Weights(FineTuningOptions options, ImmutableArray<int> counts, int epoch);

    /// <summary>Writes the targets of a picture.</summary>
    /// <param name="row">A target for each class or finding; overwritten.</param>
    /// <param name="picture">Its number.</param>
    /// <param name="smoothing">The share of the label that is spread.</param>
    /// <param name="weights">What pictures of each class count.</param>
    public abstract void Write(Span<float> row, int picture, double smoothing, ImmutableArray<double> weights);

    /// <summary>The loss of a picture.</summary>
    public abstract double LossOf(ReadOnlySpan<float> margins, int picture);

    /// <summary>The mean loss of pictures after the margins have been calibrated, so that it is ranking that counts and not how sure the network is.</summary>
    public abstract double CalibratedLoss(float[] margins, int[] pictures);

    /// <summary>The share of labels that margins tell.</summary>
    public abstract double Accuracy(float[] margins, int[] pictures);

    /// <summary>Notes how a picture did in an epoch, where that is followed.</summary>
    public abstract void Record(TrainingDynamics dynamics, int place, ReadOnlySpan<float> margins, int picture);
}
