using System.Collections.Immutable;
using System.Globalization;

namespace MedTune;

/// <summary>One thing of fine-tuning that can be set by name: <c>medtune train … --tune NAME=VALUE</c>.</summary>
public sealed class RecipeSetting
{
    private readonly Func<Plan, string, Plan?> _change;

    private RecipeSetting(string name, string values, Func<Plan, string, Plan?> change) => (Name, Values, _change) = (name, values, change);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What can be given, in words.</summary>
    public string Values { get; }

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static ImmutableArray<RecipeSetting> All { get; } =
    [
        Number("rate", "the highest learning rate", (plan, value) => plan with { LearningRate = value }),
        Whole("batch", "pictures of a step", (plan, value) => plan with { BatchSize = value }),
        Whole("patience", "epochs without improvement until it ends", (plan, value) => plan with { Patience = value }),
        new("loss", "cross-entropy, focal or ldam", (plan, value) => With(plan, recipe => recipe with { Loss = value })),
        Answer("balance-classes", "yes: rare classes weigh as much as frequent ones", (recipe, value) => recipe with { BalancesClasses = value }),
        Share("smoothing", "share of each label spread over all classes", (recipe, value) => recipe with { Smoothing = value }),
        Share("mixup", "how often two pictures are blended", (recipe, value) => recipe with { Mixup = value }),
        Share("cutmix", "how often a part of another picture is pasted in", (recipe, value) => recipe with { CutMix = value }),
        Share("weight-decay", "decay of weights", (recipe, value) => recipe with { WeightDecay = value }),
        Share("warm-up", "share of the steps in which the rate rises", (recipe, value) => recipe with { WarmUp = value }),
        new("last-blocks", "blocks before the head that train, or all", (plan, value) => value == "all"
            ? With(plan, recipe => recipe with { LastBlocks = null })
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? With(plan, recipe => recipe with { LastBlocks = count }) : null),
        Share("first-rate", "the first block's share of the rate (discriminative rates)", (recipe, value) => recipe with { FirstRate = value }),
        Whole("unfreezing-epochs", "epochs until all blocks move (gradual unfreezing)", (plan, value) => With(plan, recipe => recipe with { UnfreezingEpochs = value })),
        Share("pull-to-start", "pull to the pretrained weights (L2-SP)", (recipe, value) => recipe with { PullToStart = value }),
        Whole("adapter-rank", "rank of adapters that train instead of weights; 0 for none", (plan, value) => With(plan, recipe => recipe with { AdapterRank = value })),
        Share("start-share", "share of the pretrained weights in the result (WiSE-FT)", (recipe, value) => recipe with { StartShare = value }),
        Share("averaging", "share of the averaged weights that stays at each step", (recipe, value) => recipe with { Averaging = value }),
        Share("largest-gradient", "the largest norm of the gradients", (recipe, value) => recipe with { LargestGradient = value }),
        Answer("hard-examples", "yes: pictures with a high loss are seen more often", (recipe, value) => recipe with { PrefersHardExamples = value }),
        Share("first-side", "share of the side at which training begins (progressive size)", (recipe, value) => recipe with { FirstSide = value }),
        Answer("batch-statistics", "yes: normalizations follow the batches", (recipe, value) => recipe with { UsesBatchStatistics = value }),
    ];

    /// <summary>A plan for pictures with this setting changed.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="text"><c>NAME=VALUE</c>.</param>
    /// <exception cref="PlanException">There is no such setting, or the value is none of its values.</exception>
    internal static Plan Apply(Plan plan, string text)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        string name = (sign < 0 ? text : text[..sign]).Trim();
        string value = sign < 0 ? "" : text[(sign + 1)..].Trim();
        var setting = All.FirstOrDefault(one => one.Name == name)
            ?? throw new PlanException($"There is nothing named '{name}' to tune; there are {string.Join(", ", All.Select(one => one.Name))}.");
        return setting._change(plan, value) ?? throw new PlanException($"--tune {name}: '{value}' cannot be set; it takes {setting.Values}, such as --tune {name}=...");
    }

    private static Plan With(Plan plan, Func<FineTuningRecipe, FineTuningRecipe> change) => plan with { Images = plan.Images! with { Recipe = change(plan.Images.Recipe) } };

    private static RecipeSetting Number(string name, string values, Func<Plan, double, Plan> change) => new(name, values, (plan, text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? change(plan, value) : null);

    private static RecipeSetting Share(string name, string values, Func<FineTuningRecipe, double, FineTuningRecipe> change) =>
        Number(name, values, (plan, value) => With(plan, recipe => change(recipe, value)));

    private static RecipeSetting Whole(string name, string values, Func<Plan, int, Plan> change) => new(name, values, (plan, text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? change(plan, value) : null);

    private static RecipeSetting Answer(string name, string values, Func<FineTuningRecipe, bool, FineTuningRecipe> change) => new(name, values, (plan, text) => text switch
    {
        "yes" => With(plan, recipe => change(recipe, true)),
        "no" => With(plan, recipe => change(recipe, false)),
        _ => null,
    });
}
