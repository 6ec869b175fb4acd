using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Modalities.Images;

/// <summary>Recipes of fine-tuning that are drawn by lot, around the one that the plan names (random search: Bergstra and Bengio, Journal of Machine Learning Research 13, 2012).</summary>
internal static class RecipeLot
{
    // Kinds of table models have the numbers below.
    private const uint Kind = 16;

    /// <summary>The recipe of a trial: the plan's in trial 0, and drawn ones after it. How pictures are changed stays, because that is a question of what they show.</summary>
    /// <param name="usual">The plan's.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="trial">From 0.</param>
    public static FineTuningOptions Of(FineTuningOptions usual, ulong seed, int trial)
    {
        if (trial == 0)
        {
            return usual;
        }

        var lot = new SettingLot(seed, Kind, trial);
        return usual with
        {
            Rate = Math.Min(10, lot.Scale(usual.Rate / 4, usual.Rate * 4)),
            WeightDecay = usual.Optimizer == FineTuningRecipe.Sgd ? lot.OneOf(0, 1e-4, 5e-4) : lot.OneOf(0.01, 0.05, 0.2),
            Smoothing = lot.OneOf(0, 0.05, 0.1),
            Mixup = lot.OneOf(0, 0, 0.3),
            FirstRate = lot.OneOf(1, 0.3, 0.1),
            PullToStart = lot.OneOf(0, 0, 0.0001, 0.001),
            PrefersHardExamples = lot.OneOf(false, true),
            Loss = usual.HasFindings ? usual.Loss : lot.OneOf(usual.Loss, usual.Loss, FineTuningRecipe.Focal),
        };
    }

    /// <summary>What was drawn, in words.</summary>
    public static string Words(FineTuningOptions options) => string.Create(CultureInfo.InvariantCulture, $"rate {options.Rate}, decay {options.WeightDecay}, smoothing {options.Smoothing}, mixup {options.Mixup}, first block's rate {options.FirstRate}, pull to the start {options.PullToStart}, {options.Loss}{(options.PrefersHardExamples ? ", hard examples more often" : "")}");

    /// <summary>The numbers that were drawn.</summary>
    public static ImmutableArray<KeyValuePair<string, double>> Values(FineTuningOptions options) =>
    [
        new("rate", options.Rate),
        new("weight-decay", options.WeightDecay),
        new("smoothing", options.Smoothing),
        new("mixup", options.Mixup),
        new("first-rate", options.FirstRate),
        new("pull-to-start", options.PullToStart),
        new("hard-examples", options.PrefersHardExamples ? 1 : 0),
        new("focal", options.Loss == FineTuningRecipe.Focal ? 1 : 0),
    ];
}
