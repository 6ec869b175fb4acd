using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class ConformalEvaluationTests
{
    private static readonly MulticlassPredictions All = Golden.Multiclass(withGroups: true);

    private static readonly PredictionSets Sets = ConformalRule.Fit(All).Sets(All.Probabilities);

    [Fact]
    public void Of_RepeatedPatients_TakesIntervalsFromThePatients()
    {
        PredictionSetFigures plain = ConformalEvaluation.Of(Sets, All.Targets).Overall;
        PredictionSetFigures clustered = ConformalEvaluation.Of(Sets, All.Targets, All.Groups).Overall;
        Assert.Equal(plain.Coverage.Value, clustered.Coverage.Value);
        Assert.Contains("Wilson", plain.Coverage.Method, StringComparison.Ordinal);
        Assert.Contains("patient bootstrap", clustered.Coverage.Method, StringComparison.Ordinal);
        Assert.Contains("patient bootstrap", clustered.MeanSize.Method, StringComparison.Ordinal);
        Golden.Near(plain.MeanSize.Value, clustered.MeanSize.Value, 1e-13);
    }

    [Fact]
    public void Of_Classes_AreWeightedToTheWhole()
    {
        ConformalEvaluation found = ConformalEvaluation.Of(Sets, All.Targets);
        Assert.Equal(150, found.Classes.Sum(one => one.Count));
        Golden.Near(found.Overall.Coverage.Value, found.Classes.Sum(one => one.Count!.Value * one.Coverage.Value) / 150);
        Golden.Near(found.Overall.MeanSize.Value, found.Classes.Sum(one => one.Count!.Value * one.MeanSize.Value) / 150);
        Assert.Equal(["none", "mild", "moderate", "severe"], found.Classes.Select(one => one.Name));
    }

    [Fact]
    public void Of_ClassWithoutRows_IsUndefined()
    {
        PredictionSetFigures none = ConformalEvaluation.Of(Sets, [.. All.Targets.Select(target => target == 3 ? 2 : target)]).Classes[3];
        Assert.Equal(0, none.Count);
        Assert.All([none.Coverage, none.MeanSize, none.Empty, none.Single], one => Assert.False(one.IsDefined));
    }

    [Fact]
    public void Of_SmallGroup_IsNotShownNorFoundBySubtraction()
    {
        int[] groups = [.. Enumerable.Range(0, 150).Select(row => row < 80 ? 0 : row < 145 ? 1 : 2)];
        ConformalEvaluation found = ConformalEvaluation.Of(Sets, All.Targets, null, groups, ["a", "b", "c", "nobody"]);
        Assert.Equal(["a", "b", "c"], found.Groups.Select(one => one.Name));
        Assert.Equal([false, false, true], found.Groups.Select(one => one.IsTooFew));
        Assert.Equal([80, null, null], found.Groups.Select(one => one.Count));
        Assert.False(found.Groups[2].Coverage.IsDefined);
        Assert.True(found.Groups[1].Coverage.HasInterval);
    }

    [Fact]
    public void Of_OtherRowOrder_GivesTheSameBits()
    {
        MulticlassPredictions shuffled = MetricSamples.Shuffled(All, 3);
        ConformalRule rule = ConformalRule.Fit(shuffled);
        Assert.Equal(ConformalRule.Fit(All).Overall, rule.Overall);
        Assert.Equal(
            ConformalEvaluation.Of(Sets, All.Targets, All.Groups).Overall,
            ConformalEvaluation.Of(rule.Sets(shuffled.Probabilities), shuffled.Targets, shuffled.Groups).Overall);
    }

    [Fact]
    public void Of_Misfits_AreRefused()
    {
        Refused(() => ConformalEvaluation.Of(Sets, [0]), "1 targets");
        Refused(() => ConformalEvaluation.Of(Sets, All.Targets, [0]), "1 patients");
        Refused(() => ConformalEvaluation.Of(Sets, [.. All.Targets.Select(target => target + 1)]), "is no class");
        Refused(() => ConformalEvaluation.Of(Sets, All.Targets, null, [0], ["a"]), "1 groups");
        Assert.Throws<ArgumentOutOfRangeException>(() => Sets.Size(150));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sets.Contains(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sets.Classes(-1));
    }

    private static void Refused(Action action, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidPredictionsException>(action).Message, StringComparison.Ordinal);
}
