using MedTune.Data.Augmentation;

namespace MedTune.Modalities.Images;

/// <summary>How a network is fine-tuned on pictures: the recipe, and what the plan names beside it.</summary>
internal sealed record FineTuningOptions : FineTuningRecipe
{
    private const int FewPictures = 1500;

    /// <summary>The defaults.</summary>
    public FineTuningOptions()
    {
    }

    /// <summary>With a recipe.</summary>
    public FineTuningOptions(FineTuningRecipe recipe)
        : base(recipe)
    {
    }

    /// <summary>Times that every picture is seen, 1 to 1000. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Pictures of a step, 1 to 1024; fewer where there are fewer pictures. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>The highest learning rate, above 0; it rises linearly and then falls to zero along half a cosine. Default 0.0003, for AdamW.</summary>
    public double Rate { get; init; } = 3e-4;

    /// <summary>One of <see cref="AugmentationPreset.Names"/>: what may change in a picture without changing its class. Default <c>general</c>.</summary>
    public string Augmentation { get; init; } = "general";

    /// <summary>Epochs without a smaller loss on checked pictures after which training ends, at least 1. Default: it goes to the end.</summary>
    public int Patience { get; init; } = int.MaxValue;

    /// <summary>The seed of those changed forms of pictures that are kept. Default 0.</summary>
    public ulong VariantSeed { get; init; }

    /// <summary>Where what the frozen part sees in them is kept for the outer folds and later runs; null (default): in memory only.</summary>
    public string? KeptFolder { get; init; }

    /// <summary>Whether pictures have several findings, so that other losses cannot be drawn. Default no.</summary>
    public bool HasFindings { get; init; }

    /// <summary>What works for so many pictures to learn from: about 1,500 steps, in 10 to 20 epochs; of few pictures fewer at a time.</summary>
    /// <param name="pictures">At least 1.</param>
    /// <param name="isFromNothing">Whether the network knows nothing yet.</param>
    public static new FineTuningOptions For(int pictures, bool isFromNothing = false) => new(FineTuningRecipe.For(pictures, isFromNothing))
    {
        Epochs = Math.Clamp(48_000 / Math.Max(1, pictures), 10, 20),
        Batch = pictures < FewPictures ? 16 : 32,
    };

    /// <summary>What a plan says.</summary>
    public static FineTuningOptions Of(Plan plan) => new(plan.Images!.Recipe)
    {
        Epochs = plan.Epochs,
        Batch = plan.BatchSize,
        Rate = plan.LearningRate,
        Patience = plan.Patience,
        Augmentation = plan.Images.Augmentation,
    };

    /// <summary>The changes of training pictures.</summary>
    public AugmentationPolicy Policy => AugmentationPreset.Of(Augmentation) with { Mixup = Mixup, CutMix = CutMix };

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Check()
    {
        Within(Epochs is >= 1 and <= 1000, "epochs are from 1 to 1000", Epochs);
        Within(Batch is >= 1 and <= 1024, "pictures of a batch are from 1 to 1024", Batch);
        Within(Rate is > 0 and <= 10, "learning rate is above 0 and at most 10", Rate);
        Within(Patience >= 1, "patience is at least 1", Patience);
        if (Broken(Epochs) is { } rule)
        {
            throw new ArgumentException(rule + ".");
        }

        Policy.Check();
    }

    private static void Within(bool isSound, string rule, double value)
    {
        if (!isSound)
        {
            throw new ArgumentException(FormattableString.Invariant($"Fine-tuning: the {rule}, not {value}."), nameof(value));
        }
    }
}
