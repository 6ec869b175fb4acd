using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class PredictionChecksTests
{
    [Theory]
    [InlineData(double.NaN, "row 1 (counted from 0) holds NaN")]
    [InlineData(-0.1, "row 1 (counted from 0) holds a number outside that range")]
    [InlineData(1.0000001, "a number outside that range")]
    [InlineData(double.PositiveInfinity, "a number outside that range")]
    public void Binary_ProbabilityThatIsNone_IsRefusedWithItsRow(double probability, string words)
    {
        InvalidPredictionsException refusal = Assert.Throws<InvalidPredictionsException>(
            () => BinaryEvaluation.Of(new BinaryPredictions([0.5, probability], [0, 1])));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_OtherMisfits_AreRefused()
    {
        Refused(() => BinaryEvaluation.Of(new BinaryPredictions([], [])), "no rows");
        Refused(() => BinaryEvaluation.Of(new BinaryPredictions([0.5], [2])), "targets 0 and 1");
        Refused(() => BinaryEvaluation.Of(new BinaryPredictions([0.5], [1, 0])), "2 targets");
        Refused(() => BinaryEvaluation.Of(new BinaryPredictions([0.5], [1], [1, 2])), "2 folds");
        Refused(() => BinaryEvaluation.Of(new BinaryPredictions([0.5], [1], null, [])), "0 groups");
        Refused(() => BinaryEvaluation.Of(new BinaryPredictions([0.5], [1]), [0.5, 0.5]), "2 thresholds");
        Refused(() => BinaryEvaluation.Of(new BinaryPredictions([0.5], [1]), double.NaN), "threshold is NaN");
    }

    [Fact]
    public void Multiclass_Misfits_AreRefused()
    {
        string[] names = ["a", "b", "c"];
        Refused(() => MulticlassEvaluation.Of(new MulticlassPredictions([], [], names)), "no rows");
        Refused(() => MulticlassEvaluation.Of(new MulticlassPredictions([0.5, 0.5], [0], names)), "need 3 probabilities");
        Refused(() => MulticlassEvaluation.Of(new MulticlassPredictions([0.5, 0.5, 0.5], [0], names)), "sum to 1.5");
        Refused(() => MulticlassEvaluation.Of(new MulticlassPredictions([0.5, double.NaN, 0.5], [0], names)), "NaN");
        Refused(() => MulticlassEvaluation.Of(new MulticlassPredictions([0.5, 0.5, 0], [3], names)), "no class");
        Refused(() => MulticlassEvaluation.Of(new MulticlassPredictions([0.5, 0.5], [0], ["a", "a"])), "different names");
        Refused(() => MulticlassEvaluation.Of(new MulticlassPredictions([1], [0], ["a"])), "at least two classes");
    }

    [Fact]
    public void Options_WithoutSense_AreRefused()
    {
        BinaryPredictions predictions = new([0.5], [1]);
        Assert.Throws<ArgumentException>(() => BinaryEvaluation.Of(predictions, 0.5, new EvaluationOptions { Confidence = 1 }));
        Assert.Throws<ArgumentException>(() => BinaryEvaluation.Of(predictions, 0.5, new EvaluationOptions { Confidence = double.NaN }));
        Assert.Throws<ArgumentException>(() => BinaryEvaluation.Of(predictions, 0.5, new EvaluationOptions { Resamples = 10 }));
    }

    private static void Refused(Action action, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidPredictionsException>(action).Message, StringComparison.Ordinal);
}
