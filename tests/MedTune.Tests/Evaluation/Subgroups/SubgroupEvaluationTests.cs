using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class SubgroupEvaluationTests
{
    [Fact]
    public void Of_Groups_HaveTheFiguresOfTheirRowsAlone()
    {
        BinaryPredictions rows = Golden.Binary(withFolds: false);
        int[] groups = [.. Enumerable.Range(0, rows.Count).Select(row => row % 2)];
        var results = SubgroupEvaluation.Of(rows, [0.4], groups, ["even", "odd"]);
        Assert.Equal(["even", "odd"], results.Select(result => result.Name));
        for (int group = 0; group < 2; group++)
        {
            int[] own = [.. Enumerable.Range(0, rows.Count).Where(row => groups[row] == group)];
            var alone = BinaryEvaluation.Of(new BinaryPredictions([.. own.Select(row => rows.Probabilities[row])], [.. own.Select(row => rows.Targets[row])]), 0.4);
            Assert.Equal((own.Length, own.Sum(row => rows.Targets[row])), (results[group].Count, results[group].Events));
            Assert.Equal(["auroc", "calibration_intercept", "log_loss", "recall", "specificity"], results[group].Metrics.Keys);
            Assert.All(results[group].Metrics, pair => Assert.Equal(alone.Metrics[pair.Key], pair.Value));
        }
    }

    [Fact]
    public void Of_NoEventsInAGroup_IsTooFewWithoutASize()
    {
        var results = SubgroupEvaluation.Of(Rows(60, row => row < 40 && row % 2 == 0), [0.5], [.. Enumerable.Range(0, 60).Select(row => row < 40 ? 0 : 1)], ["a", "b"]);
        Assert.Equal((true, null, null), (results[1].IsTooFew, results[1].Count, results[1].Events));
        Assert.Empty(results[1].Metrics);

        // The whole's events are known, so those of "b" would follow from those of "a".
        Assert.Equal((false, null, null), (results[0].IsTooFew, results[0].Count, results[0].Events));
        Assert.Equal(5, results[0].Metrics.Count);
    }

    [Fact]
    public void Of_OneRowInAGroup_IsTooFew()
    {
        var results = SubgroupEvaluation.Of(Rows(81, row => row % 2 == 0), [0.5], [.. Enumerable.Range(0, 81).Select(row => row == 80 ? 2 : row / 40)], ["a", "b", "c", "nobody"]);
        Assert.Equal(["a", "b", "c"], results.Select(result => result.Name));
        Assert.Equal([false, false, true], results.Select(result => result.IsTooFew));
        Assert.Single(results, result => !result.IsTooFew && result.Count is null);
    }

    [Fact]
    public void Of_FewPatientsWithManyRows_IsTooFew()
    {
        BinaryPredictions rows = Rows(100, row => row % 2 == 0) with { Groups = [.. Enumerable.Range(0, 100).Select(row => row < 50 ? row / 10 : row)] };
        var results = SubgroupEvaluation.Of(rows, [0.5], [.. Enumerable.Range(0, 100).Select(row => row / 50)], ["few", "many"]);
        Assert.Equal([true, false], results.Select(result => result.IsTooFew));
    }

    [Fact]
    public void Of_RowsOfNoGroup_AreLeftOut() =>
        Assert.Empty(SubgroupEvaluation.Of(Rows(20, row => row % 2 == 0), [0.5], [.. Enumerable.Repeat(-1, 20)], ["a"]));

    [Fact]
    public void Of_AnotherNumberOfGroups_IsRefused() =>
        Assert.Throws<InvalidPredictionsException>(() => SubgroupEvaluation.Of(Rows(20, row => row % 2 == 0), [0.5], [0], ["a"]));

    private static BinaryPredictions Rows(int count, Func<int, bool> isEvent) => new(
        [.. Enumerable.Range(0, count).Select(row => ((row * 37) % 100 / 100.0 * 0.8) + 0.1)], [.. Enumerable.Range(0, count).Select(row => isEvent(row) ? 1 : 0)]);
}
