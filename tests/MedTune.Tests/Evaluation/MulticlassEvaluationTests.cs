using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class MulticlassEvaluationTests
{
    private static readonly MulticlassEvaluation Evaluation = MulticlassEvaluation.Of(Golden.Multiclass());

    /// <summary>scikit-learn 1.2.1, statsmodels 0.13.5 and scipy 1.10.1 on tests/TestData/Evaluation/multiclass.csv.</summary>
    [Theory]
    [InlineData("accuracy")]
    [InlineData("balanced_accuracy")]
    [InlineData("macro_recall")]
    [InlineData("macro_precision")]
    [InlineData("macro_f1")]
    [InlineData("macro_specificity")]
    [InlineData("mcc")]
    [InlineData("log_loss")]
    [InlineData("brier")]
    [InlineData("macro_auroc")]
    public void Metrics_IndependentSoftware_Agrees(string name)
    {
        double[] golden = Golden.Values("multiclass", name);
        Estimate estimate = Evaluation.Metrics[name];
        Golden.Near(golden[0], estimate.Value);
        if (golden.Length == 3)
        {
            Golden.Near(golden[1], estimate.Low, 1e-8);
            Golden.Near(golden[2], estimate.High, 1e-8);
        }
    }

    [Fact]
    public void Classes_IndependentSoftware_Agree()
    {
        double[] aurocs = Golden.Values("multiclass", "class_auroc");
        double[] precisions = Golden.Values("multiclass", "class_average_precision");
        for (int k = 0; k < 4; k++)
        {
            Estimate auroc = Evaluation.Classes[k].Metrics["auroc"];
            Golden.Near(aurocs[3 * k], auroc.Value);
            Golden.Near(aurocs[(3 * k) + 1], auroc.Low);
            Golden.Near(aurocs[(3 * k) + 2], auroc.High);
            Golden.Near(precisions[k], Evaluation.Classes[k].Metrics["average_precision"].Value);
        }
    }

    [Fact]
    public void ConfusionMatrix_IndependentSoftware_Agrees()
    {
        double[] golden = Golden.Values("multiclass", "confusion");
        for (int target = 0; target < 4; target++)
        {
            for (int predicted = 0; predicted < 4; predicted++)
            {
                Assert.Equal(golden[(target * 4) + predicted], Evaluation.ConfusionMatrix[target, predicted]);
            }
        }
        Assert.Equal(150, Evaluation.ConfusionMatrix.Total);
        ConfusionMatrix mild = Evaluation.ConfusionMatrix.Against(1);
        Assert.Equal(Evaluation.Classes[1].Metrics["recall"].Value, (double)mild.TruePositives / mild.Positives);
        Assert.Equal(Evaluation.Classes[1].Metrics["specificity"].Value, (double)mild.TrueNegatives / mild.Negatives);
    }

    [Fact]
    public void AllMetrics_NamesOfClasses_AreAppended()
    {
        Assert.Equal(Evaluation.Classes[3].Metrics["recall"], Evaluation.AllMetrics()["recall_severe"]);
        Assert.Equal(Evaluation.Metrics["macro_f1"], Evaluation.AllMetrics()["macro_f1"]);
        Assert.Equal(MetricRegistry.Multiclass.Length + (4 * MetricRegistry.PerClass.Length), Evaluation.AllMetrics().Count);
    }

    [Fact]
    public void Of_TwoClasses_AgreesWithTheBinaryEvaluation()
    {
        BinaryPredictions two = Golden.Binary(withFolds: false);
        MulticlassEvaluation several = MulticlassEvaluation.Of(new MulticlassPredictions(
            [.. two.Probabilities.SelectMany(p => new[] { 1 - p, p })], two.Targets, ["no", "yes"]));

        // A tie of one half goes to the first class there and is called positive here.
        Assert.DoesNotContain(0.5, two.Probabilities);
        BinaryEvaluation binary = BinaryEvaluation.Of(two, 0.5);
        foreach (string name in new[] { "auroc", "recall", "specificity", "precision", "f1", "calibration_slope", "prevalence" })
        {
            Golden.Near(binary.Metrics[name].Value, several.Classes[1].Metrics[name].Value);
            Golden.Near(binary.Metrics[name].Low, several.Classes[1].Metrics[name].Low);
        }
        Golden.Near(2 * binary.Metrics["brier"].Value, several.Metrics["brier"].Value);
        Golden.Near(binary.Metrics["log_loss"].High, several.Metrics["log_loss"].High);
        Golden.Near(binary.Metrics["auroc"].Value, several.Metrics["macro_auroc"].Value);
    }

    [Fact]
    public void Of_RepeatedPatients_TakesIntervalsFromThePatients()
    {
        MulticlassEvaluation clustered = MulticlassEvaluation.Of(Golden.Multiclass(withGroups: true));
        foreach ((string name, Estimate estimate) in clustered.AllMetrics())
        {
            Assert.Equal(Evaluation.AllMetrics()[name].Value, estimate.Value);
            Assert.Contains("patient", estimate.Method, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_EqualProbabilities_DecideForTheFirstClass()
    {
        MulticlassEvaluation evaluation = MulticlassEvaluation.Of(new MulticlassPredictions([0.4, 0.4, 0.2], [0], ["a", "b", "c"]));
        Assert.Equal(1, evaluation.ConfusionMatrix[0, 0]);
    }
}
