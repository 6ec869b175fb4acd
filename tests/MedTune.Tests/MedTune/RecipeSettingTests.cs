namespace MedTune.Tests;

/// <summary>What <c>--tune</c> does to a plan.</summary>
public sealed class RecipeSettingTests
{
    private static readonly Plan Usual = new() { Images = new ImagePlan(), LearningRate = 3e-4 };

    [Fact]
    public void Apply_Examples_AreTaken()
    {
        Assert.All(RecipeSetting.All, setting => Assert.NotNull(RecipeSetting.Apply(Usual, $"{setting.Name}={setting.Example}")));
        Assert.All(RecipeSetting.All, setting => Assert.Null(RecipeSetting.Apply(Usual, $"{setting.Name}={setting.Example}").Images!.Recipe.Broken(10)));
    }

    [Fact]
    public void Apply_NoValue_IsRefusedWithAnExample()
    {
        var refused = Assert.Throws<PlanException>(() => RecipeSetting.Apply(Usual, "mixup=much"));

        Assert.EndsWith("such as --tune mixup=0.3", refused.Message, StringComparison.Ordinal);
        Assert.Throws<PlanException>(() => RecipeSetting.Apply(Usual, "optimizer=adam"));
        Assert.Contains("optimizer", Assert.Throws<PlanException>(() => RecipeSetting.Apply(Usual, "pace=1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_Descent_BringsItsRateAndDecayUnlessTheyAreSet()
    {
        var descent = RecipeSetting.Apply(Usual, "optimizer=sgd");
        var set = RecipeSetting.Apply(Usual, ["rate=0.3", "optimizer=sgd", "weight-decay=0.002"]);

        Assert.Equal((0.01, 1e-4), (descent.LearningRate, descent.Images!.Recipe.WeightDecay));
        Assert.Equal((0.3, 0.002), (set.LearningRate, set.Images!.Recipe.WeightDecay));
        Assert.Equal(descent, RecipeSetting.Apply(descent, "optimizer=sgd"));
        Assert.Equal(Usual.LearningRate, RecipeSetting.Apply(descent, "optimizer=adamw").LearningRate, 1e-15);
        Assert.Equal(Usual, RecipeSetting.Apply(Usual, "optimizer=adamw"));
    }
}
