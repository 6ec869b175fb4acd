using MedTune.Reports;
using MedTune.Reports.Wording;

namespace MedTune.Tests.Reports.Wording;

public sealed class AnswerWordsTests
{
    [Fact]
    public void Of_TwoClasses_TellsTheWholeStory()
    {
        string text = Text(SampleReports.Heart());
        Assert.StartsWith("This model gives the probability of heart disease (num > 0) from 13 columns.", text, StringComparison.Ordinal);
        Assert.Contains("On 61 of these patients, sealed away before anything was fitted, it gave a patient with the outcome a higher risk than one without in 91 of 100 pairs (AUROC 0.906, 95% interval", text, StringComparison.Ordinal);
        Assert.Contains("At the decision threshold of 0.44, of 100 patients like these 48 would be flagged, 36 of them with the outcome; of the 52 not flagged, 8 would have it anyway.", text, StringComparison.Ordinal);
        Assert.Contains("Only 27 patients with the outcome stand behind these figures", text, StringComparison.Ordinal);
        Assert.Contains("Out of fold, over 242 patients, the AUROC was 0.902", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Evaluation_SaysThatTheModelIsFinished()
    {
        string text = Text(SampleReports.Rare());
        Assert.Contains("It is a finished multilayer perceptron, applied unchanged. On 9,000 stays of new data it gave", text, StringComparison.Ordinal);
        Assert.Contains("of 1,000 stays like these", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Only", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralClasses_NamesTheShareOfTheMostFrequent()
    {
        string text = Text(SampleReports.Thyroid());
        Assert.Contains("named the right class for 92% of the patients (95% interval 88% to 95%); always naming the most frequent class would be right for 66%.", text, StringComparison.Ordinal);
        Assert.Contains("(AUROC 0.974, 95% interval 0.955 to 0.989)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoParts_StillSaysWhatTheModelIs()
    {
        string text = Text(SampleReports.Heart() with { Parts = [] });
        Assert.EndsWith("with the outcome. ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.7, 0.5, 0.9, 0, -0.2, 0.2, "high risks come out too high")]
    [InlineData(1.4, 1.1, 1.7, 0, -0.2, 0.2, "not spread enough")]
    [InlineData(1.0, 0.8, 1.2, 0.5, 0.2, 0.8, "too low on the whole")]
    [InlineData(1.0, 0.8, 1.2, -0.5, -0.8, -0.2, "too high on the whole")]
    [InlineData(1.0, 0.8, 1.2, 0, -0.2, 0.2, "agree with what happened")]
    [InlineData(1.0, 0.4, 1.6, 0, -0.2, 0.2, "too few patients to rule one out")]
    [InlineData(1.0, double.NaN, double.NaN, 0, double.NaN, double.NaN, "cannot be told")]
    public void Finding_SlopeAndIntercept_AreSaidInWords(double slope, double low, double high, double intercept, double from, double to, string expected)
    {
        MetricRow[] metrics = [new("calibration_slope", slope, low, high), new("calibration_intercept", intercept, from, to)];
        Assert.Contains(expected, CalibrationWords.Finding(metrics, "patients", ReportWords.English), StringComparison.Ordinal);
    }

    private static string Text(ReportContent content) => string.Concat(AnswerWords.Of(content).Select(phrase => phrase.Text));
}
