using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class MultilabelEvaluationTests
{
    private static readonly double[] Thresholds = [0.5, 0.4, 0.3, 0.6, 0.5];

    private static readonly MultilabelPredictions Rows = Read(withPatients: false);

    private static readonly MultilabelEvaluation Evaluation = MultilabelEvaluation.Of(Rows, Thresholds);

    private static readonly MultilabelEvaluation Clustered = MultilabelEvaluation.Of(Read(withPatients: true), Thresholds);

    /// <summary>tests/TestData/Evaluation/multilabel.py: scikit-learn, statsmodels and scipy, and numpy's bootstrap within an eighth of the width.</summary>
    [Fact]
    public void Metrics_IndependentSoftware_Agrees()
    {
        string[][] golden = Golden.Rows("multilabel_golden.csv");
        Assert.Equal(golden.Select(row => row[0]).Order(StringComparer.Ordinal), Evaluation.Metrics.Keys);
        foreach (string[] row in golden)
        {
            double value = Golden.Number(row[1]);
            Golden.Near(value, Evaluation.Metrics[row[0]].Value);
            Golden.Near(value, Clustered.Metrics[row[0]].Value);
            (double low, double high) = (Golden.Number(row[2]), Golden.Number(row[3]));
            double noise = (high - low) / 8;
            Assert.InRange(Clustered.Metrics[row[0]].Low, low - noise, low + noise);
            Assert.InRange(Clustered.Metrics[row[0]].High, high - noise, high + noise);
            Assert.Contains("patient bootstrap", Clustered.Metrics[row[0]].Method, StringComparison.Ordinal);
            if (row[4] != "nan")
            {
                Golden.Near(Golden.Number(row[4]), Evaluation.Metrics[row[0]].Low);
                Golden.Near(Golden.Number(row[5]), Evaluation.Metrics[row[0]].High);
            }
        }
    }

    [Fact]
    public void Findings_HaveTheFiguresOfTheBinaryEvaluation()
    {
        Assert.Equal(5, Evaluation.Findings.Length);
        for (int finding = 0; finding < 4; finding++)
        {
            FindingEvaluation found = Evaluation.Findings[finding];
            BinaryEvaluation alone = BinaryEvaluation.Of(Rows.Finding(finding), Thresholds[finding]);
            Assert.True(found.IsEstimable);
            Assert.Equal(alone.Metrics, found.Metrics);
            Assert.Equal(alone.ConfusionMatrix, found.Evaluation!.ConfusionMatrix);
            Assert.Equal(alone.ConfusionMatrix.Positives, found.Positives);
        }
        Golden.Near(Evaluation.Findings.Take(4).Average(one => one.Metrics["auroc"].Value), Evaluation.Metrics["macro_auroc"].Value, 1e-13);
    }

    [Theory]
    [InlineData(0, "no row has this finding")]
    [InlineData(1, "every row has this finding")]
    public void Findings_OfOneValue_AreNotEstimable(int target, string words)
    {
        MultilabelPredictions rows = Rows with { Targets = [.. Rows.Targets.Select((own, cell) => cell % 5 == 4 ? target : own)] };
        MultilabelEvaluation found = MultilabelEvaluation.Of(rows, Thresholds);
        Assert.False(found.Findings[4].IsEstimable);
        Assert.Null(found.Findings[4].Evaluation);
        Assert.Equal(MetricRegistry.Binary.Length - 1, found.Findings[4].Metrics.Count);
        Assert.All(found.Findings[4].Metrics.Values, estimate =>
        {
            Assert.False(estimate.IsDefined);
            Assert.Contains(words, estimate.Method, StringComparison.Ordinal);
        });

        // The mean over the findings takes no notice of it.
        Assert.Equal(Evaluation.Metrics["macro_auroc"].Value, found.Metrics["macro_auroc"].Value);
        Assert.Equal(Evaluation.Metrics["macro_average_precision"].Value, found.Metrics["macro_average_precision"].Value);
    }

    [Fact]
    public void Of_NoFindingThatIsEstimable_LeavesTheMeansUndefined()
    {
        MultilabelEvaluation none = MultilabelEvaluation.Of(new MultilabelPredictions([0.2, 0.6, 0.3, 0.1], [0, 0, 0, 0], ["a", "b"]));
        foreach (string name in new[] { "macro_auroc", "macro_average_precision", "macro_f1", "micro_auroc", "micro_average_precision", "micro_f1" })
        {
            Assert.False(none.Metrics[name].IsDefined);
        }
        Assert.Equal(0.5, none.Metrics["exact_match"].Value);
        Assert.Equal(0.25, none.Metrics["hamming_loss"].Value);
        Assert.InRange(none.Metrics["hamming_loss"].Low, 0, 0.25);

        // All rows have the first finding and none the second: pooled, that can be told apart; each by itself cannot.
        MultilabelEvaluation pooled = MultilabelEvaluation.Of(new MultilabelPredictions([0.9, 0.6, 0.7, 0.1], [1, 0, 1, 0], ["a", "b"]));
        Assert.False(pooled.Metrics["macro_auroc"].IsDefined);
        Assert.Equal(1, pooled.Metrics["micro_auroc"].Value);
    }

    [Fact]
    public void Of_RareFinding_SaysInHowManyResamplesItIsLeftOut()
    {
        MultilabelPredictions rare = Rows with { Targets = [.. Rows.Targets.Select((own, cell) => cell % 5 == 4 && cell / 5 is 3 or 9 ? 1 : own)] };
        string method = MultilabelEvaluation.Of(rare, Thresholds).Metrics["macro_auroc"].Method;
        Assert.Contains("of them a finding had no positive", method, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", Evaluation.Metrics["macro_auroc"].Method, StringComparison.Ordinal);
        Assert.Contains("left out", MultilabelEvaluation.Of(rare, Thresholds).Metrics["macro_f1"].Method, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", MultilabelEvaluation.Of(rare, Thresholds).Metrics["micro_f1"].Method, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneFinding_IsThatFinding()
    {
        BinaryPredictions one = Golden.Binary(withFolds: false);
        MultilabelEvaluation found = MultilabelEvaluation.Of(new MultilabelPredictions(one.Probabilities, one.Targets, ["only"]), 0.4);
        BinaryEvaluation binary = BinaryEvaluation.Of(one, 0.4);
        foreach (string metric in new[] { "auroc", "average_precision", "f1" })
        {
            Golden.Near(binary.Metrics[metric].Value, found.Metrics["macro_" + metric].Value, 1e-13);
            Golden.Near(binary.Metrics[metric].Value, found.Metrics["micro_" + metric].Value, 1e-13);
        }
        Assert.Equal(binary.Metrics["accuracy"].Value, found.Metrics["exact_match"].Value);
        Golden.Near(1 - binary.Metrics["accuracy"].Value, found.Metrics["hamming_loss"].Value);
    }

    [Fact]
    public void Of_OtherRowOrder_GivesTheSameBits()
    {
        MultilabelPredictions rows = Read(withPatients: true);
        int[] order = [.. Enumerable.Range(0, rows.Count).Select(i => ((i * 77) + 5) % rows.Count)];
        Assert.Equal(rows.Count, order.Distinct().Count());
        MultilabelPredictions shuffled = new(
            [.. order.SelectMany(row => rows.Probabilities.Skip(row * 5).Take(5))],
            [.. order.SelectMany(row => rows.Targets.Skip(row * 5).Take(5))],
            rows.FindingNames,
            null,
            [.. order.Select(row => rows.Groups![row])]);
        MultilabelEvaluation other = MultilabelEvaluation.Of(shuffled, Thresholds);
        Assert.Equal(Clustered.Metrics, other.Metrics);
        Assert.Equal(Clustered.Findings[2].Metrics, other.Findings[2].Metrics);
    }

    [Fact]
    public void Of_OtherSeed_MovesTheBootstrapOnly()
    {
        MultilabelEvaluation other = MultilabelEvaluation.Of(Rows, Thresholds, new EvaluationOptions { Seed = 5 });
        Assert.Equal(Evaluation.Metrics["exact_match"], other.Metrics["exact_match"]);
        Assert.Equal(Evaluation.Metrics["macro_auroc"].Value, other.Metrics["macro_auroc"].Value);
        Assert.NotEqual(Evaluation.Metrics["macro_auroc"].Low, other.Metrics["macro_auroc"].Low);
    }

    [Fact]
    public void Of_Misfits_AreRefused()
    {
        MultilabelPredictions two = new([0.1, 0.2, 0.3, 0.4], [0, 1, 1, 0], ["a", "b"]);
        Refused(two with { FindingNames = [] }, "at least one finding");
        Refused(two with { FindingNames = ["a", "a"] }, "different names");
        Refused(two with { Targets = [0, 1, 1] }, "no whole number of rows");
        Refused(two with { Probabilities = [0.1] }, "need 4 probabilities");
        Refused(two with { Targets = [0, 1, 1, 2] }, "row 1 (counted from 0) holds another number for 'b'");
        Refused(two with { Targets = [0, -1, 1, 1] }, "leave out rows whose findings are not known");
        Refused(two with { Probabilities = [0.1, 0.2, double.NaN, 0.4] }, "row 1 (counted from 0) holds NaN");
        Refused(new MultilabelPredictions([], [], ["a"]), "no rows");
        Refused(two with { Groups = [1] }, "1 groups");
        Assert.Throws<InvalidPredictionsException>(() => MultilabelEvaluation.Of(two, [0.1, 0.2, 0.3]));
        Assert.Throws<InvalidPredictionsException>(() => MultilabelEvaluation.Of(two, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Finding(2));
    }

    [Fact]
    public void Of_ThresholdsForEachRow_JudgesEachRowByItsOwn()
    {
        MultilabelPredictions rows = new([0.3, 0.6, 0.3, 0.6, 0.8, 0.1], [1, 0, 0, 1, 1, 0], ["a", "b"]);
        MultilabelEvaluation found = MultilabelEvaluation.Of(rows, [0.2, 0.7, 0.4, 0.5, 0.5, 0.5]);

        Assert.Equal(1, found.Metrics["exact_match"].Value);
        Assert.Equal(0, found.Metrics["hamming_loss"].Value);
        Assert.Equal(1, found.Findings[0].Metrics["recall"].Value);
        Assert.Equal(1, found.Findings[0].Metrics["specificity"].Value);
        Assert.Equal(1, found.Metrics["macro_f1"].Value);
        Assert.Equal(found.Metrics["micro_f1"], found.AllMetrics()["micro_f1"]);
        Assert.Equal(found.Findings[1].Metrics["auroc"], found.AllMetrics()["auroc_b"]);
    }

    private static MultilabelPredictions Read(bool withPatients)
    {
        double[][] rows = [.. Golden.Numbers("multilabel.csv")];
        return new MultilabelPredictions(
            [.. rows.SelectMany(row => row[..5])],
            [.. rows.SelectMany(row => row[5..10]).Select(target => (int)target)],
            ["one", "two", "three", "four", "nobody"],
            null,
            withPatients ? [.. rows.Select(row => (int)row[10])] : null);
    }

    private static void Refused(MultilabelPredictions predictions, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidPredictionsException>(() => MultilabelEvaluation.Of(predictions)).Message, StringComparison.Ordinal);
}
