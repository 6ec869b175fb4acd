using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

/// <summary>Sets of rows predicted out of fold come from the other folds' thresholds and hold the truth about as often as asked.</summary>
public sealed class CrossConformalTests
{
    [Fact]
    public void Sets_OfEachFold_AreThoseOfTheOthersRule()
    {
        var all = Drawn(400, 4);
        var sets = CrossConformal.Sets(all)!;

        int[] others = [.. Enumerable.Range(0, 400).Where(row => row % 4 != 1)];
        var rule = ConformalRule.Fit(new MulticlassPredictions([.. others.SelectMany(row => new[] { all.Probabilities[2 * row], all.Probabilities[(2 * row) + 1] })], [.. others.Select(row => all.Targets[row])], all.ClassNames));
        var own = PredictionSets.ByThreshold(all.Probabilities, [.. all.ClassNames], rule.Overall.Value);
        Assert.All(Enumerable.Range(0, 400).Where(row => row % 4 == 1), row => Assert.Equal(own.Classes(row).ToArray(), sets.Classes(row).ToArray()));
        Assert.InRange(ConformalEvaluation.Of(sets, all.Targets).Overall.Coverage.Value, 0.86, 0.94);
    }

    [Fact]
    public void Sets_WithoutFoldsOrOfFewRows_AreNone()
    {
        Assert.Null(CrossConformal.Sets(Drawn(400, 4) with { Folds = null }));
        Assert.Null(CrossConformal.Sets(Drawn(400, 1)));
        Assert.Null(CrossConformal.Sets(Drawn(10, 2)));
    }

    [Fact]
    public void ByThreshold_HoldsClassesThatAreProbableEnough()
    {
        var sets = PredictionSets.ByThreshold([0.7, 0.3, 0.5, 0.5, 0.99, 0.01], ["no", "yes"], 0.6);

        Assert.Equal([1, 2, 1], Enumerable.Range(0, 3).Select(sets.Size));
        Assert.Equal([0], sets.Classes(0).ToArray());
    }

    /// <summary>Two classes with probabilities that are true.</summary>
    private static MulticlassPredictions Drawn(int rows, int folds)
    {
        var random = new Philox(4, RandomPurpose.Search, 0);
        double[] positive = [.. Enumerable.Range(0, rows).Select(row => random.UniformDouble((ulong)row))];
        return new MulticlassPredictions(
            [.. positive.SelectMany(p => new[] { 1 - p, p })],
            [.. positive.Select((p, row) => random.UniformDouble((ulong)(rows + row)) < p ? 1 : 0)],
            ["no", "yes"],
            [.. Enumerable.Range(0, rows).Select(row => row % folds)]);
    }
}
