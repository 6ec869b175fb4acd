using MedTune.Data.Augmentation;

namespace MedTune.Modalities.Images;

/// <summary>How a network is fine-tuned on pictures.</summary>
internal sealed record FineTuningOptions
{
    private const int FewPictures = 1500;

    /// <summary>Times that every picture is seen, 1 to 1000. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Pictures of a step, 1 to 1024; fewer where there are fewer pictures. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>The highest learning rate (AdamW), above 0; it rises linearly and then falls to zero along half a cosine. Default 0.0003.</summary>
    public double Rate { get; init; } = 3e-4;

    /// <summary>The share of all steps in which the rate rises, 0 to 0.5. Default 0.05.</summary>
    public double WarmUp { get; init; } = 0.05;

    /// <summary>Decoupled decay of layers' weights, 0 to 1; biases and normalizations have none. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>How many blocks before the head train (see <see cref="MedTune.Training.NetworkBlocks"/>); 0 for the head alone, null (default) for all.</summary>
    public int? LastBlocks { get; init; }

    /// <summary>The first trained block's rate compared to the head's, above 0 to 1, with even ratios between (discriminative rates: Howard and Ruder, ACL 2018). Default 1.</summary>
    public double FirstRate { get; init; } = 1;

    /// <summary>
    /// Epochs until all blocks move, 0 to below <see cref="Epochs"/>: first the head alone, then one part of the blocks more in each, from the head down (gradual unfreezing: Howard
    /// and Ruder, ACL 2018). Default 0: all at once.
    /// </summary>
    public int UnfreezingEpochs { get; init; }

    /// <summary>Pull towards the pretrained weights, at least 0 (L2-SP: Li, Grandvalet and Davoine, ICML 2018). Default 0.</summary>
    public double PullToStart { get; init; }

    /// <summary>The largest norm of all gradients together, above 0. Default 5.</summary>
    public double LargestGradient { get; init; } = 5;

    /// <summary>The share of the averaged weights that stays at each step, 0 (no averaging) to below 1. Default 0.99.</summary>
    public double Averaging { get; init; } = 0.99;

    /// <summary>
    /// The share of the weights as they were before training in the result, 0 to below 1: between both lies a network that often does better than either on pictures from elsewhere
    /// (WiSE-FT: Wortsman et al., CVPR 2022). Default 0.
    /// </summary>
    public double StartShare { get; init; }

    /// <summary>The share of each label that is spread over all classes, 0 to below 1 (Szegedy et al., CVPR 2016). Default 0.</summary>
    public double Smoothing { get; init; }

    /// <summary>How often two pictures and their labels are blended, 0 to 1 (mixup: Zhang et al., ICLR 2018). Default 0.</summary>
    public double Mixup { get; init; }

    /// <summary>How often a rectangle of another picture is pasted in, 0 to 1 (CutMix: Yun et al., ICCV 2019). Default 0.</summary>
    public double CutMix { get; init; }

    /// <summary>One of <see cref="AugmentationPreset.Names"/>: what may change in a picture without changing its class. Default <c>general</c>.</summary>
    public string Augmentation { get; init; } = "general";

    /// <summary>Whether rare classes weigh as much as frequent ones. Default no: probabilities stay those of the data.</summary>
    public bool BalancesClasses { get; init; }

    /// <summary>Epochs without a smaller loss on checked pictures after which training ends, at least 1. Default: it goes to the end.</summary>
    public int Patience { get; init; } = int.MaxValue;

    /// <summary>Whether pictures with a high loss are seen more often in the next epoch; those that were never classified as labelled are not. Default no.</summary>
    public bool PrefersHardExamples { get; init; }

    /// <summary>Rank of the matrices that are trained beside each layer instead of its weights, merged into them at the end; 0 (default) trains the weights themselves.</summary>
    public int AdapterRank { get; init; }

    /// <summary>Whether batch normalizations use and follow the statistics of batches. Default no: those of the pretrained network stay.</summary>
    public bool UsesBatchStatistics { get; init; }

    /// <summary>What works for so many pictures to learn from: about 1,500 steps, in 10 to 20 epochs; of few pictures fewer at a time, with smoothed labels.</summary>
    /// <param name="pictures">At least 1.</param>
    public static FineTuningOptions For(int pictures) => new()
    {
        Epochs = Math.Clamp(48_000 / Math.Max(1, pictures), 10, 20),
        Batch = pictures < FewPictures ? 16 : 32,
        Smoothing = pictures < FewPictures ? 0.1 : 0,
    };

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Check()
    {
        Within(Epochs is >= 1 and <= 1000, "epochs are from 1 to 1000", Epochs);
        Within(Batch is >= 1 and <= 1024, "pictures of a batch are from 1 to 1024", Batch);
        Within(Rate is > 0 and <= 10, "learning rate is above 0 and at most 10", Rate);
        Within(WarmUp is >= 0 and <= 0.5, "share of the warm-up is from 0 to 0.5", WarmUp);
        Within(WeightDecay is >= 0 and <= 1, "weight decay is from 0 to 1", WeightDecay);
        Within(LastBlocks is not < 0, "number of trained blocks is at least 0", LastBlocks ?? 0);
        Within(FirstRate is > 0 and <= 1, "first block's share of the rate is above 0 and at most 1", FirstRate);
        Within(UnfreezingEpochs >= 0 && UnfreezingEpochs < Epochs, "epochs of unfreezing are from 0 to below all epochs", UnfreezingEpochs);
        Within(PullToStart is >= 0 and < double.PositiveInfinity, "pull to the start is at least 0", PullToStart);
        Within(LargestGradient > 0, "largest gradient is above 0", LargestGradient);
        Within(Averaging is >= 0 and < 1, "averaging is from 0 to below 1", Averaging);
        Within(StartShare is >= 0 and < 1, "share of the first weights is from 0 to below 1", StartShare);
        Within(Smoothing is >= 0 and < 1, "smoothing is from 0 to below 1", Smoothing);
        Within(Patience >= 1, "patience is at least 1", Patience);
        Within(AdapterRank is >= 0 and <= 256, "rank of adapters is from 0 to 256", AdapterRank);
        Policy.Check();
    }

    /// <summary>The changes of training pictures.</summary>
    public AugmentationPolicy Policy => AugmentationPreset.Of(Augmentation) with { Mixup = Mixup, CutMix = CutMix };

    private static void Within(bool isSound, string rule, double value)
    {
        if (!isSound)
        {
            throw new ArgumentException(FormattableString.Invariant($"Fine-tuning: the {rule}, not {value}."), nameof(value));
        }
    }
}
