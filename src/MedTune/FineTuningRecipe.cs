namespace MedTune;

/// <summary>How a network is fine-tuned to pictures, beside epochs, batch, rate and augmentation, which the plan names itself. Chosen by the number of pictures; each entry can be changed.</summary>
public record FineTuningRecipe
{
    internal const string CrossEntropy = "cross-entropy", Focal = "focal", Ldam = "ldam";
    internal const string AdamW = "adamw", Sgd = "sgd";
    internal const int MostVariants = 64;
    private const int FewPictures = 1500;
    private const double ScratchDecay = 0.05;

    /// <summary>The names of losses.</summary>
    internal static readonly string[] Losses = [CrossEntropy, Focal, Ldam];

    /// <summary>The names of optimizers.</summary>
    internal static readonly string[] Optimizers = [AdamW, Sgd];

    /// <summary>
    /// What is made small: <c>cross-entropy</c> (default); <c>focal</c>, by which what is already right counts little (Lin et al., ICCV 2017); <c>ldam</c>, by which rare classes need a
    /// larger margin, with weights for them in the last fifth of the epochs (LDAM-DRW: Cao et al., NeurIPS 2019).
    /// </summary>
    public string Loss { get; init; } = CrossEntropy;

    /// <summary>
    /// What moves the weights: <c>adamw</c> (default); <c>sgd</c>, plain descent with momentum 0.9, whose rates are some thirty times larger and whose decay is part of the gradient.
    /// </summary>
    public string Optimizer { get; init; } = AdamW;

    /// <summary>The share of all steps in which the rate rises, 0 to 0.5. Default 0.05.</summary>
    public double WarmUp { get; init; } = 0.05;

    /// <summary>Decay of layers' weights, 0 to 1, decoupled from the gradient with <c>adamw</c>; biases and normalizations have none. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>How many blocks before the head train (the more, the deeper); 0 for the head alone, null (default) for all.</summary>
    public int? LastBlocks { get; init; }

    /// <summary>The first trained block's rate compared to the head's, above 0 to 1, with even ratios between (discriminative rates: Howard and Ruder, ACL 2018). Default 1.</summary>
    public double FirstRate { get; init; } = 1;

    /// <summary>
    /// Epochs until all blocks move, 0 to below all epochs: first the head alone, then one part of the blocks more in each, from the head down (gradual unfreezing: Howard
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

    /// <summary>Whether rare classes weigh as much as frequent ones. Default no: probabilities stay those of the data.</summary>
    public bool BalancesClasses { get; init; }

    /// <summary>Whether pictures with a high loss are seen more often in the next epoch; those that were never classified as labelled are not. Default no.</summary>
    public bool PrefersHardExamples { get; init; }

    /// <summary>Rank of the matrices that are trained beside each layer instead of its weights, merged into them at the end; 0 (default) trains the weights themselves.</summary>
    public int AdapterRank { get; init; }

    /// <summary>Whether batch normalizations use and follow the statistics of batches. Default no: those of the pretrained network stay.</summary>
    public bool UsesBatchStatistics { get; init; }

    /// <summary>
    /// How many changed forms a picture has while the first part of the network does not train, 1 to 64: what that part sees in each is computed once and kept. 0: a new form in
    /// every epoch, and nothing is kept. Default 4. Pictures that are mixed or grow are changed anew in any case.
    /// </summary>
    public int Variants { get; init; } = 4;

    /// <summary>The share of the side at which training begins, from 0.25 to 1; it grows to the whole side in the first half of the epochs (progressive size). Default 1: the whole side at once.</summary>
    public double FirstSide { get; init; } = 1;

    /// <summary>What works for so many pictures: with labels smoothed where they are few.</summary>
    /// <param name="pictures">At least 1.</param>
    /// <param name="isFromNothing">Whether the network knows nothing yet.</param>
    internal static FineTuningRecipe For(int pictures, bool isFromNothing = false) => new()
    {
        Smoothing = pictures < FewPictures ? 0.1 : 0,
        UsesBatchStatistics = isFromNothing,
        WeightDecay = isFromNothing ? ScratchDecay : new FineTuningRecipe().WeightDecay,
    };

    /// <summary>The rule that an entry breaks, as a sentence without its full stop; null where all is sound.</summary>
    /// <param name="epochs">Epochs there are.</param>
    internal string? Broken(int epochs)
    {
        (bool IsSound, string Rule, object Value)[] rules =
        [
            (Losses.Contains(Loss, StringComparer.Ordinal), $"loss is one of {string.Join(", ", Losses)}", Loss ?? ""),
            (Optimizers.Contains(Optimizer, StringComparer.Ordinal), $"optimizer is one of {string.Join(", ", Optimizers)}", Optimizer ?? ""),
            (WarmUp is >= 0 and <= 0.5, "share of the warm-up is from 0 to 0.5", WarmUp),
            (WeightDecay is >= 0 and <= 1, "weight decay is from 0 to 1", WeightDecay),
            (LastBlocks is not < 0, "number of trained blocks is at least 0", LastBlocks ?? 0),
            (FirstRate is > 0 and <= 1, "first block's share of the rate is above 0 and at most 1", FirstRate),
            (UnfreezingEpochs >= 0 && UnfreezingEpochs < epochs, "epochs of unfreezing are from 0 to below all epochs", UnfreezingEpochs),
            (PullToStart is >= 0 and < double.PositiveInfinity, "pull to the start is at least 0", PullToStart),
            (LargestGradient > 0, "largest gradient is above 0", LargestGradient),
            (Averaging is >= 0 and < 1, "averaging is from 0 to below 1", Averaging),
            (StartShare is >= 0 and < 1, "share of the first weights is from 0 to below 1", StartShare),
            (Smoothing is >= 0 and < 1, "smoothing is from 0 to below 1", Smoothing),
            (Mixup >= 0 && CutMix >= 0 && Mixup + CutMix <= 1, "shares of mixup and CutMix are at least 0 and together at most 1", Mixup + CutMix),
            (AdapterRank is >= 0 and <= 256, "rank of adapters is from 0 to 256", AdapterRank),
            (Variants is >= 0 and <= MostVariants, "number of kept variants is from 0 to 64", Variants),
            (FirstSide is >= 0.25 and <= 1, "share of the side to begin with is from 0.25 to 1", FirstSide),
        ];
        return rules.Where(rule => !rule.IsSound).Select(rule => FormattableString.Invariant($"Fine-tuning: the {rule.Rule}, not {rule.Value}")).FirstOrDefault();
    }
}
