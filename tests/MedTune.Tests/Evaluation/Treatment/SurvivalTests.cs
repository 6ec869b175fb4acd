using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

public sealed class SurvivalTests
{
    [Theory]
    [InlineData(CensoringCorrection.Weighted, "weighted_times")]
    [InlineData(CensoringCorrection.Augmented, "augmented_times")]
    public void Of_GoldenRows_MatchesTheDefinition(CensoringCorrection correction, string name)
    {
        int[] arms = TreatmentGolden.Numbers("w");
        RestrictedMeanOutcomes found = Outcomes(arms, correction);
        TreatmentGolden.Near(TreatmentGolden.Expected(name), found.Outcomes.Where((_, row) => arms[row] == 0));
        double[] means = TreatmentGolden.Expected("restricted_means");
        for (int arm = 0; arm < 3; arm++)
        {
            // Each row's number differs; their mean is the area under the arm's Kaplan-Meier curve.
            Golden.Near(means[arm], found.Arms[arm].RestrictedMean);
            Golden.Near(means[arm], found.Outcomes.Where((_, row) => arms[row] == arm).Average());
            Assert.Equal(found.Arms[arm].Rows, found.Arms[arm].Events + found.Arms[arm].Lost + found.Arms[arm].AtHorizon);
        }
    }

    [Fact]
    public void Of_Augmented_VariesLess()
    {
        int[] arms = TreatmentGolden.Numbers("w");
        double Error(CensoringCorrection correction) => AverageEffect.DifferenceOfMeans(Outcomes(arms, correction).Outcomes, arms).StandardError;
        Assert.True(Error(CensoringCorrection.Augmented) < 0.7 * Error(CensoringCorrection.Weighted));
    }

    [Fact]
    public void Of_NobodyLost_IsThePlainTime()
    {
        RestrictedMeanOutcomes found = RestrictedMeanOutcomes.Of([1, 4, 9, 2, 12, 0], [true, true, false, true, false, true], [0, 0, 0, 1, 1, 1], 2, 5);
        Assert.Equal([1, 4, 5, 2, 5, 0], found.Outcomes);
        Assert.Equal((1.0, 1.0), (found.Arms[0].FollowedShare, found.Arms[0].LargestWeight));
        Assert.Equal(10.0 / 3, found.Arms[0].RestrictedMean, 12);
    }

    [Fact]
    public void Of_FollowUpTooShort_IsRefused()
    {
        InvalidPredictionsException refusal = Assert.Throws<InvalidPredictionsException>(() =>
            RestrictedMeanOutcomes.Of([1, 4, 9, 3, 2], [true, false, false, true, false], [0, 0, 0, 1, 1], 2, 10));
        Assert.Contains("earlier horizon", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidPredictionsException>(() => RestrictedMeanOutcomes.Of([1, -4], [true, true], [0, 1], 2, 3));
        Assert.Throws<InvalidPredictionsException>(() => RestrictedMeanOutcomes.Of([1, 4], [true, true], [0, 1], 2, 0));
        Assert.Throws<InvalidPredictionsException>(() => RestrictedMeanOutcomes.Of([1, 4], [true, true], [0, 0], 2, 3));
    }

    /// <summary>Exponential times with rates 0.10 and 0.08, lost at rate 0.05, up to 10: restricted means (1 - exp(-10 r)) / r. The interval of their difference covers it.</summary>
    [Fact]
    public void Of_TwoHundredTrials_IntervalsCoverTheTruth()
    {
        double truth = Mean(0.08) - Mean(0.10);
        int covered = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            Philox random = new((ulong)trial, RandomPurpose.Split, 5);
            int[] arms = [.. Enumerable.Range(0, 300).Select(row => row % 2)];
            double[] events = [.. arms.Select((arm, row) => Time(random, row, arm == 1 ? 0.08 : 0.10))];
            double[] lost = [.. arms.Select((_, row) => Time(random, 300 + row, 0.05))];
            RestrictedMeanOutcomes found = RestrictedMeanOutcomes.Of(
                [.. events.Select((time, row) => Math.Min(time, lost[row]))], [.. events.Select((time, row) => time <= lost[row])], arms, 2, 10);
            Estimate difference = AverageEffect.DifferenceOfMeans(found.Outcomes, arms).Figure;
            covered += difference.Low <= truth && truth <= difference.High ? 1 : 0;
        }
        Assert.InRange(covered, 184, 196);

        static double Mean(double rate) => (1 - DoubleMath.Exp(-10 * rate)) / rate;
        static double Time(Philox random, int row, double rate) => -DoubleMath.Log(1 - random.UniformDouble((ulong)row)) / rate;
    }

    private static RestrictedMeanOutcomes Outcomes(int[] arms, CensoringCorrection correction) => RestrictedMeanOutcomes.Of(
        TreatmentGolden.Column("time"), Array.ConvertAll(TreatmentGolden.Numbers("event"), mark => mark == 1), arms, 3, 10, correction);
}
