using System.Collections.Immutable;
using System.Globalization;

namespace MedTune;

/// <summary>One thing of fine-tuning that can be set by name: <c>medtune train … --tune NAME=VALUE</c>.</summary>
public sealed class RecipeSetting
{
    // AdamW's steps have the size of the rate whatever the gradient; descent's shrink with it.
    private const double DescentRate = 100.0 / 3;
    private const double DescentDecay = 1e-4;

    private readonly Func<Plan, string, Plan?> _change;

    private RecipeSetting(string name, string values, string example, Func<Plan, string, Plan?> change) => (Name, Values, Example, _change) = (name, values, example, change);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What can be given, in words.</summary>
    public string Values { get; }

    /// <summary>One of its values.</summary>
    public string Example { get; }

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static ImmutableArray<RecipeSetting> All { get; } =
    [
        Number("rate", "the highest learning rate", "0.001", (plan, value) => plan with { LearningRate = value }),
        Whole("batch", "pictures of a step", "32", (plan, value) => plan with { BatchSize = value }),
        Whole("patience", "epochs without improvement until it ends", "3", (plan, value) => plan with { Patience = value }),
        new("optimizer", "adamw or sgd, each with the rate and decay that suit it unless they are set", "sgd", WithOptimizer),
        new("loss", "cross-entropy, focal or ldam", "focal", (plan, value) => With(plan, recipe => recipe with { Loss = value })),
        Answer("balance-classes", "yes: rare classes weigh as much as frequent ones", "yes", (recipe, value) => recipe with { BalancesClasses = value }),
        Share("smoothing", "share of each label spread over all classes", "0.1", (recipe, value) => recipe with { Smoothing = value }),
        Share("mixup", "how often two pictures are blended", "0.3", (recipe, value) => recipe with { Mixup = value }),
        Share("cutmix", "how often a part of another picture is pasted in", "0.3", (recipe, value) => recipe with { CutMix = value }),
        Share("weight-decay", "decay of weights", "0.05", (recipe, value) => recipe with { WeightDecay = value }),
        Share("warm-up", "share of the steps in which the rate rises", "0.1", (recipe, value) => recipe with { WarmUp = value }),
        new("last-blocks", "blocks before the head that train, or all", "2", (plan, value) => value == "all"
            ? With(plan, recipe => recipe with { LastBlocks = null })
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? With(plan, recipe => recipe with { LastBlocks = count }) : null),
        Share("first-rate", "the first block's share of the rate (discriminative rates)", "0.1", (recipe, value) => recipe with { FirstRate = value }),
        Whole("unfreezing-epochs", "epochs until all blocks move (gradual unfreezing)", "3", (plan, value) => With(plan, recipe => recipe with { UnfreezingEpochs = value })),
        Share("pull-to-start", "pull to the pretrained weights (L2-SP)", "0.001", (recipe, value) => recipe with { PullToStart = value }),
        Whole("adapter-rank", "rank of adapters that train instead of weights; 0 for none", "4", (plan, value) => With(plan, recipe => recipe with { AdapterRank = value })),
        Share("start-share", "share of the pretrained weights in the result (WiSE-FT)", "0.3", (recipe, value) => recipe with { StartShare = value }),
        Share("averaging", "share of the averaged weights that stays at each step", "0.99", (recipe, value) => recipe with { Averaging = value }),
        Share("largest-gradient", "the largest norm of the gradients", "1", (recipe, value) => recipe with { LargestGradient = value }),
        Answer("hard-examples", "yes: pictures with a high loss are seen more often", "yes", (recipe, value) => recipe with { PrefersHardExamples = value }),
        Share("first-side", "share of the side at which training begins (progressive size)", "0.5", (recipe, value) => recipe with { FirstSide = value }),
        Whole("variants", "changed forms of a picture that are kept while a part of the network is frozen; 0 for new ones in every epoch", "4", (plan, value) => With(plan, recipe => recipe with { Variants = value })),
        Whole("head-variants", "forms of a picture that linear heads on frozen features learn from: itself and changed ones", "4", (plan, value) => plan with { Images = plan.Images! with { HeadVariants = value } }),
        Answer("batch-statistics", "yes: normalizations follow the batches", "yes", (recipe, value) => recipe with { UsesBatchStatistics = value }),
    ];

    /// <summary>A plan for pictures with settings changed: the optimizer first, because rate and decay follow it unless they are set.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="texts">Each <c>NAME=VALUE</c>.</param>
    /// <exception cref="PlanException">There is no such setting, or a value is none of its values.</exception>
    internal static Plan Apply(Plan plan, ImmutableArray<string> texts) =>
        texts.OrderBy(text => text.StartsWith("optimizer", StringComparison.Ordinal) ? 0 : 1).Aggregate(plan, Apply);

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
        return setting._change(plan, value) ?? throw new PlanException($"--tune {name}: '{value}' cannot be set; it takes {setting.Values}, such as --tune {name}={setting.Example}");
    }

    private static Plan With(Plan plan, Func<FineTuningRecipe, FineTuningRecipe> change) => plan with { Images = plan.Images! with { Recipe = change(plan.Images.Recipe) } };

    /// <summary>Rate and decay of AdamW would hardly move a network by plain descent, and those of descent would tear it apart by AdamW.</summary>
    private static Plan? WithOptimizer(Plan plan, string value)
    {
        if (!FineTuningRecipe.Optimizers.Contains(value, StringComparer.Ordinal))
        {
            return null;
        }

        bool isChanged = plan.Images!.Recipe.Optimizer != value;
        (double factor, double decay) = value == FineTuningRecipe.Sgd ? (DescentRate, DescentDecay) : (1 / DescentRate, new FineTuningRecipe().WeightDecay);
        plan = With(plan, recipe => recipe with { Optimizer = value, WeightDecay = isChanged ? decay : recipe.WeightDecay });
        return isChanged ? plan with { LearningRate = Math.Min(1, plan.LearningRate * factor) } : plan;
    }

    private static RecipeSetting Number(string name, string values, string example, Func<Plan, double, Plan> change) => new(name, values, example, (plan, text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? change(plan, value) : null);

    private static RecipeSetting Share(string name, string values, string example, Func<FineTuningRecipe, double, FineTuningRecipe> change) =>
        Number(name, values, example, (plan, value) => With(plan, recipe => change(recipe, value)));

    private static RecipeSetting Whole(string name, string values, string example, Func<Plan, int, Plan> change) => new(name, values, example, (plan, text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? change(plan, value) : null);

    private static RecipeSetting Answer(string name, string values, string example, Func<FineTuningRecipe, bool, FineTuningRecipe> change) => new(name, values, example, (plan, text) => text switch
    {
        "yes" => With(plan, recipe => change(recipe, true)),
        "no" => With(plan, recipe => change(recipe, false)),
        _ => null,
    });
}
