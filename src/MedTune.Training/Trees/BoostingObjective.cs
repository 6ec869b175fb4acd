using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>What boosting lowers: the loss of margins, its derivatives, and the margins to start from.</summary>
internal abstract class BoostingObjective
{
    /// <summary>The binned features of the samples.</summary>
    public abstract BinnedFeatures Features { get; }

    /// <summary>Number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>Margins per sample.</summary>
    public abstract int Margins { get; }

    /// <summary>Samples of one group stand on one side when some are held out.</summary>
    public abstract ImmutableArray<int> Groups { get; }

    /// <summary>Samples of one stratum are shared out evenly when some are held out.</summary>
    public abstract ImmutableArray<int> Strata { get; }

    /// <summary>Margins of each sample to start from; empty to start from <see cref="Start"/>.</summary>
    public abstract ImmutableArray<float> Offsets { get; }

    /// <summary>The best constant margins for some rows.</summary>
    public abstract float[] Start(int[] rows);

    /// <summary>Works out what <see cref="Gradients"/> needs, once a round.</summary>
    public abstract void Prepare(double[] scores);

    /// <summary>Writes the negative derivative of the loss and the second one of every sample, by turns.</summary>
    public abstract void Gradients(double[] scores, int margin, double[] gradients);

    /// <summary>The loss of some rows, summed in their order.</summary>
    public abstract double Loss(double[] scores, ReadOnlySpan<int> rows);

    /// <summary>What the loss of some rows is divided by for its mean.</summary>
    public abstract double Weight(ReadOnlySpan<int> rows);
}
