using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class ThresholdRuleTests
{
    private static readonly double[] Probabilities = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];
    private static readonly int[] Targets = [0, 0, 0, 1, 0, 1, 0, 1, 1, 1];

    [Theory]
    [InlineData("youden", "youden")]
    [InlineData(" Youden ", "youden")]
    [InlineData("0.2", "0.2")]
    [InlineData("1", "1")]
    [InlineData("sensitivity>=0.9", "sensitivity>=0.9")]
    [InlineData("recall >= 0.9", "sensitivity>=0.9")]
    [InlineData("Specificity≥0.95", "specificity>=0.95")]
    [InlineData("ppv>=.8", "ppv>=0.8")]
    [InlineData("precision>=0.8", "ppv>=0.8")]
    [InlineData("npv>=0.99", "npv>=0.99")]
    public void Parse_Rule_IsReadAndWritten(string text, string written)
    {
        ThresholdRule rule = ThresholdRule.Parse(text);
        Assert.Equal(written, rule.ToString());
        Assert.Equal(rule, ThresholdRule.Parse(rule.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sensitivity")]
    [InlineData("sensitivity>=90")]
    [InlineData("sensitivity>=0")]
    [InlineData("sensitivity>0.9")]
    [InlineData("f1>=0.9")]
    [InlineData("1.2")]
    [InlineData("-0.1")]
    [InlineData("NaN")]
    [InlineData("0,5")]
    [InlineData("sensitivity>=0.9>=0.8")]
    public void Parse_AnythingElse_IsRefusedWithTheForms(string text)
    {
        Assert.False(ThresholdRule.TryParse(text, out _));
        Assert.Contains("sensitivity>=0.9", Assert.Throws<FormatException>(() => ThresholdRule.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sensitivity>=0.8", 0.55, 0.8, 0.8)]
    [InlineData("sensitivity>=0.81", 0.35, 1.0, 0.6)]
    [InlineData("sensitivity>=1", 0.35, 1.0, 0.6)]
    [InlineData("specificity>=0.8", 0.55, 0.8, 0.8)]
    [InlineData("specificity>=1", 0.75, 0.6, 1.0)]
    [InlineData("ppv>=0.8", 0.55, 0.8, 0.8)]
    [InlineData("ppv>=0.9", 0.75, 0.6, 1.0)]
    [InlineData("npv>=0.8", 0.55, 0.8, 0.8)]
    [InlineData("npv>=1", 0.35, 1.0, 0.6)]
    [InlineData("0.6", 0.6, 0.8, 0.8)]
    [InlineData("0.61", 0.61, 0.6, 0.8)]
    [InlineData("0", 0, 1.0, 0.0)]
    [InlineData("1", 1, 0.2, 1.0)]
    public void Choose_CountedByHand_Agrees(string text, double threshold, double sensitivity, double specificity)
    {
        ThresholdChoice choice = ThresholdRule.Parse(text).Choose(Probabilities, Targets);
        Assert.Equal(threshold, choice.Threshold, 12);
        Assert.Equal(sensitivity, choice.Sensitivity, 12);
        Assert.Equal(specificity, choice.Specificity, 12);
        Assert.True(choice.IsReached);
    }

    [Fact]
    public void Choose_UnreachableValue_GivesTheNearestAndSaysSo()
    {
        ThresholdChoice choice = ThresholdRule.Parse("ppv>=0.9").Choose([0.1, 0.4, 0.8, 0.9], [0, 1, 1, 0]);
        Assert.False(choice.IsReached);
        Assert.Equal(0.25, choice.Threshold, 12);
    }

    /// <summary>scikit-learn's roc_curve gives the same J; its threshold is the row's own probability, ours lies halfway to the row below.</summary>
    [Fact]
    public void Youden_ScikitLearn_Agrees()
    {
        double[] golden = Golden.Values("binary", "youden");
        BinaryPredictions predictions = Golden.Binary();
        double threshold = Youden.Threshold(predictions.Probabilities, predictions.Targets);
        BinaryEvaluation evaluation = BinaryEvaluation.Of(predictions, threshold);
        Golden.Near(golden[0], evaluation.Metrics["recall"].Value + evaluation.Metrics["specificity"].Value - 1);
        Assert.Equal(golden[1], predictions.Probabilities.Where(p => p >= threshold).Min());
        Assert.True(threshold > predictions.Probabilities.Where(p => p < golden[1]).Max());
    }

    [Fact]
    public void Youden_EqualValues_TakesTheLowerThreshold() =>
        Assert.Equal(0.25, Youden.Threshold([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0, 0, 1, 0, 0, 1]), 12);

    [Fact]
    public void Choose_OneClass_GivesOneHalfAndSaysSo()
    {
        Assert.Equal(0.5, Youden.Threshold([0.1, 0.9], [0, 0]));
        Assert.False(ThresholdRule.Parse("sensitivity>=0.9").Choose([0.1, 0.9], [0, 0]).IsReached);
        Assert.Equal(0.3, ThresholdRule.Parse("0.3").Choose([0.1, 0.9], [1, 1]).Threshold);
    }

    [Fact]
    public void Choose_NeighborsOneBitApart_StillSeparatesThem()
    {
        double low = 0.3;
        double high = Math.BitIncrement(low);
        double threshold = Youden.Threshold([low, high], [0, 1]);
        Assert.True(low < threshold && threshold <= high);
    }

    [Fact]
    public void Choose_EvenTheCertainRowsAreNegative_CanCallNobody()
    {
        ThresholdChoice choice = ThresholdRule.Parse("specificity>=1").Choose([0.2, 1.0], [1, 0]);
        Assert.True(choice.Threshold > 1);
        Assert.Equal(1, choice.Specificity);
    }
}
