using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

public sealed class BinaryEvaluationTests
{
    private static readonly BinaryEvaluation Evaluation = BinaryEvaluation.Of(Golden.Binary(), 0.4);

    /// <summary>scikit-learn 1.2.1, statsmodels 0.13.5 and scipy 1.10.1 on tests/TestData/Evaluation/binary.csv.</summary>
    [Theory]
    [InlineData("accuracy")]
    [InlineData("precision")]
    [InlineData("recall")]
    [InlineData("specificity")]
    [InlineData("npv")]
    [InlineData("prevalence")]
    [InlineData("balanced_accuracy")]
    [InlineData("f1")]
    [InlineData("mcc")]
    [InlineData("likelihood_ratio_positive")]
    [InlineData("likelihood_ratio_negative")]
    [InlineData("auroc")]
    [InlineData("auroc_fold_mean")]
    [InlineData("average_precision")]
    [InlineData("log_loss")]
    [InlineData("brier")]
    [InlineData("scaled_brier")]
    [InlineData("observed_expected_ratio")]
    [InlineData("ece")]
    [InlineData("calibration_intercept")]
    [InlineData("calibration_slope")]
    public void Metrics_IndependentSoftware_Agrees(string name)
    {
        double[] golden = Golden.Values("binary", name);
        Estimate estimate = Evaluation.Metrics[name];
        Golden.Near(golden[0], estimate.Value);
        if (golden.Length == 3)
        {
            Golden.Near(golden[1], estimate.Low, 1e-8);
            Golden.Near(golden[2], estimate.High, 1e-8);
        }
    }

    [Fact]
    public void Metrics_EveryRegisteredOne_IsThere() =>
        Assert.Equal(MetricRegistry.Binary.Select(m => m.Name).Order(StringComparer.Ordinal), Evaluation.Metrics.Keys);

    [Fact]
    public void Metrics_WithoutFolds_LeaveOutTheFoldMean() =>
        Assert.DoesNotContain("auroc_fold_mean", BinaryEvaluation.Of(Golden.Binary(withFolds: false)).Metrics.Keys);

    [Fact]
    public void ConfusionMatrix_IndependentSoftware_Agrees()
    {
        double[] golden = Golden.Values("binary", "confusion");
        ConfusionMatrix matrix = Evaluation.ConfusionMatrix;
        double[] found = [matrix.TruePositives, matrix.FalsePositives, matrix.TrueNegatives, matrix.FalseNegatives];
        Assert.Equal(golden, found);
        Assert.Equal(200, matrix.Total);
    }

    [Fact]
    public void Of_ThresholdPerRow_JudgesEachRowByItsOwn()
    {
        BinaryPredictions predictions = new([0.3, 0.3, 0.6, 0.6], [1, 0, 1, 0]);
        ConfusionMatrix matrix = BinaryEvaluation.Of(predictions, [0.2, 0.5, 0.7, 0.6]).ConfusionMatrix;
        Assert.Equal(new ConfusionMatrix(1, 1, 1, 1), matrix);
    }

    [Fact]
    public void Of_ProbabilityAtTheThreshold_IsCalledPositive() =>
        Assert.Equal(1, BinaryEvaluation.Of(new BinaryPredictions([0.5], [1]), 0.5).ConfusionMatrix.TruePositives);

    [Fact]
    public void Of_RepeatedPatients_TakesIntervalsFromThePatientBootstrap()
    {
        BinaryEvaluation clustered = BinaryEvaluation.Of(Golden.Binary(withGroups: true), 0.4);
        Assert.Equal(200, clustered.Count);
        Assert.True(clustered.Patients < 90);
        foreach ((string name, Estimate estimate) in clustered.Metrics)
        {
            Assert.Equal(Evaluation.Metrics[name].Value, estimate.Value);
            if (name is not ("ece" or "auroc_fold_mean"))
            {
                Assert.Equal("95 % percentile interval, patient bootstrap, 1000 resamples", estimate.Method);

                // The made-up patients are noise, so the two intervals differ by chance only.
                double width = Evaluation.Metrics[name].High - Evaluation.Metrics[name].Low;
                Assert.InRange(estimate.High - estimate.Low, 0.6 * width, 1.7 * width);
            }
        }
    }

    /// <summary>Each row four times under one patient: the interval must be about that of the rows once, not half as wide.</summary>
    [Fact]
    public void Of_CopiedRowsOfOnePatient_DoNotNarrowTheInterval()
    {
        BinaryPredictions one = Golden.Binary(withFolds: false);
        int[] patients = [.. Enumerable.Range(0, one.Count)];
        BinaryPredictions copies = new(
            [.. one.Probabilities, .. one.Probabilities, .. one.Probabilities, .. one.Probabilities],
            [.. one.Targets, .. one.Targets, .. one.Targets, .. one.Targets],
            null,
            [.. patients, .. patients, .. patients, .. patients]);
        BinaryEvaluation copied = BinaryEvaluation.Of(copies, 0.4);
        foreach (string name in new[] { "auroc", "accuracy", "recall", "log_loss", "brier", "calibration_slope", "f1" })
        {
            Estimate once = Evaluation.Metrics[name];
            Estimate often = copied.Metrics[name];
            Assert.InRange((often.High - often.Low) / (once.High - once.Low), 0.8, 1.25);
        }
    }

    [Fact]
    public void Of_GroupsThatNeverRepeat_AreRows()
    {
        BinaryPredictions plain = Golden.Binary();
        BinaryEvaluation grouped = BinaryEvaluation.Of(plain with { Groups = [.. Enumerable.Range(0, plain.Count)] }, 0.4);
        Assert.Equal(Evaluation.Metrics["auroc"], grouped.Metrics["auroc"]);
        Assert.Equal(plain.Count, grouped.Patients);
    }

    [Fact]
    public void Of_OtherSeed_MovesOnlyBootstrapIntervals()
    {
        BinaryEvaluation other = BinaryEvaluation.Of(Golden.Binary(), 0.4, new EvaluationOptions { Seed = 9 });
        Assert.Equal(Evaluation.Metrics["auroc"], other.Metrics["auroc"]);
        Assert.NotEqual(Evaluation.Metrics["average_precision"], other.Metrics["average_precision"]);
        Assert.Equal(Evaluation.Metrics["average_precision"].Value, other.Metrics["average_precision"].Value);
    }

    [Fact]
    public void Of_HigherConfidence_WidensIntervals()
    {
        BinaryEvaluation wide = BinaryEvaluation.Of(Golden.Binary(), 0.4, new EvaluationOptions { Confidence = 0.99 });
        foreach ((string name, Estimate estimate) in Evaluation.Metrics.Where(pair => pair.Value.HasInterval))
        {
            Assert.True(wide.Metrics[name].High - wide.Metrics[name].Low > estimate.High - estimate.Low, name);
        }
        Assert.StartsWith("99 % ", wide.Metrics["auroc"].Method, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ManyRows_TakesFewResamplesAndSaysSo()
    {
        const int rows = EvaluationOptions.LargeRows + 1;
        Philox random = new(1, RandomPurpose.Bootstrap, 0);
        double[] probabilities = new double[rows];
        int[] targets = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            probabilities[i] = random.UniformDouble((ulong)(2 * i));
            targets[i] = random.UniformDouble((ulong)((2 * i) + 1)) < probabilities[i] ? 1 : 0;
        }
        BinaryEvaluation evaluation = BinaryEvaluation.Of(new BinaryPredictions(probabilities, targets));
        Assert.Contains("200 resamples", evaluation.Metrics["average_precision"].Method, StringComparison.Ordinal);
        Assert.InRange(evaluation.Metrics["calibration_slope"].Value, 0.95, 1.05);
        Assert.InRange(evaluation.Metrics["auroc"].Value, 0.82, 0.85);
    }
}
