using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class BenefitTests
{
    private static double[] Tau => TreatmentGolden.Column("tau");

    [Fact]
    public void EffectGroups_GoldenRows_MatchesTheDefinition()
    {
        EffectGroups groups = EffectGroups.Of(TreatmentGolden.Scores().Effect(), Tau);
        TreatmentGolden.Near(
            TreatmentGolden.Expected("groups"),
            groups.Groups.SelectMany(group => new[]
            {
                group.Rows, group.Patients, group.LowestPredicted, group.HighestPredicted, group.MeanPredicted, group.Effect.Value, group.Effect.StandardError,
            }));
        TreatmentGolden.Near(TreatmentGolden.Expected("highest_minus_lowest"), groups.HighestMinusLowest);
    }

    [Fact]
    public void EffectGroups_SamePrediction_IsOneGroup()
    {
        EffectGroups groups = EffectGroups.Of(TreatmentGolden.Scores().Effect(), new double[240]);
        Assert.Equal(240, Assert.Single(groups.Groups).Rows);
        Assert.False(groups.HighestMinusLowest.Figure.IsDefined);
    }

    [Fact]
    public void EffectCalibration_GoldenRows_MatchesStatsmodels()
    {
        EffectCalibration patients = EffectCalibration.Of(TreatmentGolden.Scores().Effect(), Tau);
        TreatmentGolden.Near(
            TreatmentGolden.Expected("calibration"), [patients.Intercept.Value, patients.Intercept.StandardError, patients.Slope.Value, patients.Slope.StandardError]);
        EffectCalibration rows = EffectCalibration.Of(TreatmentGolden.Scores(false).Effect(), Tau);
        TreatmentGolden.Near(
            TreatmentGolden.Expected("calibration_rows"), [rows.Intercept.Value, rows.Intercept.StandardError, rows.Slope.Value, rows.Slope.StandardError]);
        Golden.Near(TreatmentGolden.Expected("average")[0], patients.AverageEffect.Value);
    }

    [Fact]
    public void EffectCalibration_PerfectOrConstantPredictions_HaveSlopeOneOrNone()
    {
        double[] tau = [.. Enumerable.Range(0, 100).Select(i => i / 7.0)];
        EffectCalibration perfect = EffectCalibration.Of(new EffectScores(tau), tau);
        Golden.Near(1, perfect.Slope.Value, 1e-12);
        Golden.Near(0, perfect.Intercept.Value, 1e-9);
        EffectCalibration none = EffectCalibration.Of(TreatmentGolden.Scores().Effect(), [.. Enumerable.Repeat(0.1, 240)]);
        Assert.False(none.Slope.Figure.IsDefined);
        Assert.True(double.IsNaN(none.Slope.PValueAbove));
        Golden.Near(TreatmentGolden.Expected("average")[0], none.AverageEffect.Value);
    }

    [Fact]
    public void CalibrationTest_GoldenRows_MatchesStatsmodels()
    {
        CalibrationTest test = CalibrationTest.Of(TreatmentGolden.Predictions(), Tau);
        TreatmentGolden.Near(
            TreatmentGolden.Expected("calibration_test"),
            [test.MeanPrediction.Value, test.MeanPrediction.StandardError, test.DifferentialPrediction.Value, test.DifferentialPrediction.StandardError]);
    }

    [Fact]
    public void CForBenefit_EqualArms_MatchesPairsCountedOneByOne()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        double[] expected = TreatmentGolden.Expected("c_for_benefit");
        int[] treated = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Arms[row] == 1)];
        int[] control = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Arms[row] == 0)];
        int pairs = Math.Min(treated.Length, control.Length);
        int[] kept = [.. treated[..pairs], .. control[..pairs]];
        CForBenefit found = CForBenefit.Of(Array.ConvertAll(kept, row => rows.Outcomes[row]), Array.ConvertAll(kept, row => rows.Arms[row]), Array.ConvertAll(kept, row => Tau[row]));
        Golden.Near(expected[0], found.Figure.Value);
        Assert.Equal((int)expected[1], found.Pairs);
        Assert.InRange(found.Figure.Value, found.Figure.Low, found.Figure.High);
        Assert.Contains("not a proper score", CForBenefit.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void CForBenefit_AnyOrderOfRows_GivesTheSameBits()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        int[] order = TreatmentProperties.Order(rows.Count);
        TreatmentPredictions mixed = rows.Subset(order);
        EvaluationOptions options = new() { Resamples = 100 };
        CForBenefit given = CForBenefit.Of(rows.Outcomes, rows.Arms, Tau, groups: rows.Groups, options: options);
        Assert.Equal(given, CForBenefit.Of(mixed.Outcomes, mixed.Arms, Array.ConvertAll(order, row => Tau[row]), groups: mixed.Groups, options: options));
        Assert.False(CForBenefit.Of([1, 1, 1, 1], [0, 1, 0, 1], [1, 2, 3, 4]).Figure.IsDefined);
        Assert.Throws<InvalidPredictionsException>(() => CForBenefit.Of([1, 1], [0, 0], [1, 2]));
    }

    [Theory]
    [InlineData(0.0125, 0.0007, 0.0243, "NNTB 80 (42 to 1429)", false)]
    [InlineData(0.0135, -0.002, 0.03, "NNTB 75 (34 to ∞ to NNTH 500)", true)]
    [InlineData(-0.1, -0.25, -0.05, "NNTH 10 (20 to 4)", false)]
    [InlineData(0, -0.1, 0.1, "∞ (NNTB 10 to ∞ to NNTH 10)", true)]
    [InlineData(-0.05, -0.1, 0.02, "NNTH 20 (NNTB 50 to ∞ to NNTH 10)", true)]
    [InlineData(0.5, double.NaN, double.NaN, "NNTB 2", false)]
    public void NumberNeeded_Effect_PassesThroughInfinity(double effect, double low, double high, string text, bool passes)
    {
        NumberNeeded number = NumberNeeded.Of(new Estimate(effect, low, high, ""));
        Assert.Equal(text, number.ToString());
        Assert.Equal(passes, number.PassesInfinity);
    }

    [Fact]
    public void NumberNeeded_CellsOfBlood_IsRefused() => Assert.Throws<InvalidPredictionsException>(() => NumberNeeded.Of(new Estimate(46.8, 39, 59, "")));

    [Fact]
    public void EValue_PublishedExamples_AreFound()
    {
        // VanderWeele and Ding 2017: smoking and lung cancer 10.73 (8.02 to 14.36) gives 20.9 and 15.5; breastfeeding 3.9 (1.8 to 8.7) gives 7.2 and 3.0.
        EValue smoking = EValue.OfRiskRatio(new Estimate(10.73, 8.02, 14.36, ""));
        Assert.Equal(20.95, smoking.Value, 2);
        Assert.Equal(15.52, smoking.OfInterval, 2);
        EValue breastfeeding = EValue.OfRiskRatio(new Estimate(3.9, 1.8, 8.7, ""));
        Assert.Equal((7.26, 3.0), (Math.Round(breastfeeding.Value, 2), Math.Round(breastfeeding.OfInterval, 2)));

        // Turned round it is the same; an interval over 1 needs nothing.
        Golden.Near(smoking.OfInterval, EValue.OfRiskRatio(new Estimate(1 / 10.73, 1 / 14.36, 1 / 8.02, "")).OfInterval);
        Assert.Equal(1, EValue.OfRiskRatio(new Estimate(1.2, 0.9, 1.6, "")).OfInterval);
        Golden.Near(smoking.Value, EValue.OfOddsRatio(new Estimate(10.73 * 10.73, 8, 200, ""), false).Value);
        Golden.Near(smoking.Value, EValue.OfHazardRatio(new Estimate(10.73, 8.02, 14.36, ""), true).Value);
        Golden.Near((1 - Math.Sqrt(0.5)) / 0.75, EValue.OfHazardRatio(new Estimate(0.25, 0.2, 0.3, ""), false).RiskRatio.Value);
        Assert.Throws<InvalidPredictionsException>(() => EValue.OfOddsRatio(new Estimate(1.2, -0.1, 2, ""), false));
    }

    [Fact]
    public void EValue_OfMeans_UsesTheStandardizedDifference()
    {
        EffectEstimate effect = new(new Estimate(2, 1, 3, ""), 0.5, 0, 0, 100, 100);
        EValue value = EValue.OfMeanDifference(effect, 4);
        Golden.Near(1.5761733830339912, value.RiskRatio.Value, 1e-12);
        Golden.Near(1.2617504463589864, value.RiskRatio.Low, 1e-12);
        Golden.Near(value.RiskRatio.Value + Math.Sqrt(value.RiskRatio.Value * (value.RiskRatio.Value - 1)), value.Value);
        Assert.Throws<InvalidPredictionsException>(() => EValue.OfMeanDifference(effect, 0));
    }

    [Fact]
    public void Placebo_PermutedLabels_HaveNoEffect()
    {
        (TreatmentPredictions rows, _) = TreatmentProperties.Trial(3, 800, 0);
        PlaceboFigures real = PlaceboFigures.Permuted(rows);
        Assert.Equal(1.0 / 201, real.PValue, 12);
        Assert.InRange(real.Mean, -0.02, 0.02);
        Assert.InRange(real.StandardDeviation / AverageEffect.Of(DoublyRobustScores.Of(rows).Effect()).StandardError, 0.85, 1.15);
        Assert.InRange(real.Effect, real.High, 1);
        Assert.Equal(real, PlaceboFigures.Permuted(rows.Subset(TreatmentProperties.Order(rows.Count))));
        PlaceboFigures none = PlaceboFigures.Permuted(rows with { Arms = PermutedArms.Of(rows.Arms, null, 9, 0) });
        Assert.InRange(none.PValue, 0.05, 1);
    }

    [Fact]
    public void Placebo_ByHand_CountsTheEffectItself()
    {
        PlaceboFigures figures = PlaceboFigures.Of(2, [-3, 1, 0, -1]);
        Assert.Equal((0.4, -0.75, 4), (figures.PValue, figures.Mean, figures.Repetitions));
        Assert.Throws<InvalidPredictionsException>(() => PlaceboFigures.Of(2, []));
    }

    [Fact]
    public void PermutedArms_RepeatedPatients_KeepOneArm()
    {
        int[] groups = [7, 7, 3, 3, 5, 5, 1, 1];
        int[] arms = [0, 0, 1, 1, 1, 1, 0, 0];
        HashSet<string> seen = [];
        for (int repetition = 0; repetition < 30; repetition++)
        {
            int[] given = PermutedArms.Of(arms, groups, 1, repetition);
            Assert.Equal(4, given.Sum());
            Assert.All(Enumerable.Range(0, 4), patient => Assert.Equal(given[2 * patient], given[(2 * patient) + 1]));
            seen.Add(string.Join(',', given));
        }
        Assert.Equal(6, seen.Count);
        Assert.Equal(1, PermutedArms.Of([0, 1, 0], [4, 4, 4], 1, 0).Sum());
    }

    [Fact]
    public void NegativeControl_EffectOnThePast_IsSuspicious()
    {
        NegativeControl bad = NegativeControl.Of(AverageEffect.Of(new EffectScores([1, 1.1, 0.9, 1.05])), [0, 2, 0, 2]);
        Assert.True(bad.IsSuspicious);
        Golden.Near(1.0125 / Math.Sqrt(4.0 / 3), bad.StandardizedEffect);
        Assert.False(NegativeControl.Of(AverageEffect.Of(new EffectScores([1, -1.1, 0.9, -1.05])), [0, 2, 0, 2]).IsSuspicious);
    }
}
