using System.Collections.Immutable;

namespace MedTune.Data.Augmentation;

/// <summary>Which changes are made to training pictures: always the same for the same (seed, epoch, sample).</summary>
public sealed record AugmentationPolicy
{
    private const int SingleStep = 255;

    /// <summary>Nothing changes.</summary>
    public static AugmentationPolicy None { get; } = new();

    /// <summary>Steps made one after the other, each with its own probability.</summary>
    public ImmutableArray<AugmentationStep> Steps { get; init; } = [];

    /// <summary>Names of which one is drawn for every picture, with a strength drawn evenly (TrivialAugment: Mueller and Hutter, ICCV 2021); made before the steps. Empty for none.</summary>
    public ImmutableArray<string> OneOf { get; init; } = [];

    /// <summary>The largest strength of the one that is drawn, 0 to 1. Default 1.</summary>
    public double OneOfStrength { get; init; } = 1;

    /// <summary>How often two pictures and their labels are mixed (mixup: Zhang et al., ICLR 2018), 0 to 1. Default 0.</summary>
    public double Mixup { get; init; }

    /// <summary>How often a rectangle of another picture is pasted in and the labels mixed by area (CutMix: Yun et al., ICCV 2019), 0 to 1. Default 0.</summary>
    public double CutMix { get; init; }

    /// <summary>Whether any picture is changed.</summary>
    public bool IsNone => Steps.IsEmpty && OneOf.IsEmpty && Mixup == 0 && CutMix == 0;

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or a probability or strength is not from 0 to 1.</exception>
    public void Check()
    {
        foreach (var step in Steps)
        {
            _ = AugmentationRegistry.Of(step.Name);
            Share(step.Probability, $"probability of {step.Name}");
            Share(step.Strength, $"strength of {step.Name}");
        }

        foreach (string name in OneOf)
        {
            _ = AugmentationRegistry.Of(name);
        }

        Share(OneOfStrength, "strength of the change that is drawn");
        Share(Mixup, "probability of mixup");
        Share(CutMix, "probability of CutMix");
        Share(Mixup + CutMix, "probability of mixup and CutMix together");

        static void Share(double value, string what)
        {
            if (!(value is >= 0 and <= 1))
            {
                throw new ArgumentException(FormattableString.Invariant($"The {what} is from 0 to 1, not {value}."), nameof(value));
            }
        }
    }

    /// <summary>Changes a picture in place; pictures are mixed by <see cref="PictureMixing"/> afterwards.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, or the number of the variant.</param>
    /// <param name="sample">The sample's number.</param>
    public void Apply(TrainingPicture picture, ulong seed, int epoch, long sample)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!OneOf.IsEmpty)
        {
            var draw = new AugmentationDraw(seed, epoch, sample, SingleStep);
            AugmentationRegistry.Of(OneOf[draw.Below(OneOf.Length, 0)]).Apply(picture, draw, draw.Uniform(1) * OneOfStrength);
        }

        for (int step = 0; step < Steps.Length; step++)
        {
            var draw = new AugmentationDraw(seed, epoch, sample, step);
            if (draw.Uniform(0) < Steps[step].Probability)
            {
                AugmentationRegistry.Of(Steps[step].Name).Apply(picture, draw, Steps[step].Strength);
            }
        }
    }
}
