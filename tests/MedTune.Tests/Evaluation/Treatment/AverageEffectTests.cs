using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class AverageEffectTests
{
    [Fact]
    public void Of_GoldenRows_MatchesStatsmodels()
    {
        TreatmentGolden.Near(TreatmentGolden.Expected("average"), AverageEffect.Of(TreatmentGolden.Scores().Effect()));
        TreatmentGolden.Near(TreatmentGolden.Expected("average_rows"), AverageEffect.Of(TreatmentGolden.Scores(false).Effect()));
        double[] weights = Array.ConvertAll(TreatmentGolden.Column("age"), age => age > 60 ? 2.0 : 1.0);
        TreatmentGolden.Near(TreatmentGolden.Expected("average_weighted"), AverageEffect.Of(TreatmentGolden.Scores().Effect(), weights));
        Golden.Near(TreatmentGolden.Expected("effective_sample_size")[0], EffectiveSampleSize.Of(weights));
    }

    [Fact]
    public void OverlapWeighted_GoldenRows_MatchesTheDefinition() =>
        TreatmentGolden.Near(TreatmentGolden.Expected("overlap_weighted"), AverageEffect.OverlapWeighted(TreatmentGolden.Predictions()));

    [Fact]
    public void DifferenceOfMeans_GoldenRows_MatchesScipy()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        TreatmentGolden.Near(TreatmentGolden.Expected("difference_of_means"), AverageEffect.DifferenceOfMeans(rows.Outcomes, rows.Arms));
        Assert.Contains("patients", AverageEffect.DifferenceOfMeans(rows.Outcomes, rows.Arms, groups: rows.Groups).Figure.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTrial_NoModel_IsTheDifferenceOfMeans()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        TreatmentPredictions plain = TreatmentPredictions.OfTrial(rows.Outcomes, rows.Arms, rows.ArmNames);
        EffectEstimate robust = AverageEffect.Of(DoublyRobustScores.Of(plain).Effect(2, 0));
        EffectEstimate difference = AverageEffect.DifferenceOfMeans(rows.Outcomes, rows.Arms, 2, 0);
        Golden.Near(difference.Value, robust.Value, 1e-12);
        Golden.Near(difference.StandardError, robust.StandardError, 0.02);
    }

    [Fact]
    public void Combine_FourPartitions_AddsTheSpread()
    {
        EffectEstimate One(double value, double error) => new(new Estimate(value, double.NaN, double.NaN, ""), error, 0, 0, 240, 150);
        EffectEstimate combined = AverageEffect.Combine([One(1.0, 0.3), One(1.4, 0.35), One(0.9, 0.28), One(1.1, 0.31)]);
        TreatmentGolden.Near(TreatmentGolden.Expected("combined"), combined);
        Assert.Throws<InvalidPredictionsException>(() => AverageEffect.Combine([]));
        Assert.Throws<InvalidPredictionsException>(() => AverageEffect.Combine([One(1, double.NaN)]));
    }

    [Fact]
    public void RiskRatio_GoldenRows_MatchesTheDeltaMethod()
    {
        Estimate ratio = RiskRatio.Of(TreatmentGolden.Scores());
        TreatmentGolden.Near(TreatmentGolden.Expected("ratio"), [ratio.Value, ratio.Low, ratio.High]);
    }

    [Fact]
    public void Of_ArmsSwapped_TurnsTheSign()
    {
        DoublyRobustScores scores = TreatmentGolden.Scores();
        EffectEstimate forth = AverageEffect.Of(scores.Effect(2, 1));
        EffectEstimate back = AverageEffect.Of(scores.Effect(1, 2));
        Golden.Near(-forth.Value, back.Value, 1e-12);
        Golden.Near(-forth.Figure.Low, back.Figure.High, 1e-12);
        Golden.Near(forth.StandardError, back.StandardError, 1e-12);
        Golden.Near(forth.PValueAbove, 1 - back.PValueAbove, 1e-12);
        Assert.Equal(scores.Effect(2, 1).Values, scores.Contrast([0, -1, 1]).Values);
        Assert.Throws<InvalidPredictionsException>(() => scores.Contrast([1, 1, -1]));
    }

    [Fact]
    public void Of_AnyOrderOfRows_GivesTheSameBits()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        TreatmentPredictions mixed = rows.Subset(TreatmentProperties.Order(rows.Count));
        Assert.Equal(AverageEffect.Of(DoublyRobustScores.Of(rows).Effect()), AverageEffect.Of(DoublyRobustScores.Of(mixed).Effect()));
        Assert.Equal(AverageEffect.OverlapWeighted(rows), AverageEffect.OverlapWeighted(mixed));
        Assert.Equal(
            AverageEffect.DifferenceOfMeans(rows.Outcomes, rows.Arms, groups: rows.Groups), AverageEffect.DifferenceOfMeans(mixed.Outcomes, mixed.Arms, groups: mixed.Groups));
    }

    [Fact]
    public void Of_OnePatientOrEqualScores_HasNoInterval()
    {
        Assert.Equal("no interval: it needs at least two patients", AverageEffect.Of(new EffectScores([1, 2, 3], [4, 4, 4])).Figure.Method);
        EffectEstimate none = AverageEffect.Of(new EffectScores([0, 0, 0]));
        Assert.Equal((0, 0, 1.0), (none.Value, none.StandardError, none.PValueAbove));
        Assert.False(none.Figure.HasInterval);
        Assert.Throws<InvalidPredictionsException>(() => AverageEffect.Of(new EffectScores([])));
        Assert.Throws<InvalidPredictionsException>(() => AverageEffect.Of(new EffectScores([1, double.NaN])));
        Assert.Throws<InvalidPredictionsException>(() => AverageEffect.Of(new EffectScores([1, 2]), [0, 0]));
    }

    [Fact]
    public void Of_Clipping_IsCounted()
    {
        PropensityClipping clipping = TreatmentGolden.Scores().Clipping;
        TreatmentGolden.Near(
            TreatmentGolden.Expected("clipping"),
            [.. clipping.BelowByArm.Select(count => (double)count), .. clipping.RaisedByArm.Select(count => (double)count), clipping.Rows, clipping.Patients]);
        Assert.Equal(TreatmentGolden.Floor, clipping.Floor);
        Assert.Equal(0, DoublyRobustScores.Of(TreatmentGolden.Predictions(), 0).Clipping.Rows);
    }

    [Theory]
    [InlineData("one arm", "at least two arms")]
    [InlineData("nobody", "No row received arm 1")]
    [InlineData("sum", "must sum to 1")]
    [InlineData("impossible", "propensity is 0")]
    [InlineData("outcome", "finite number")]
    [InlineData("arm", "numbered 0 to 1")]
    [InlineData("patients", "one per row")]
    [InlineData("empty", "no rows")]
    public void Of_BadRows_IsRefusedInOneSentence(string fault, string part)
    {
        TreatmentPredictions good = new([1, 2], [0, 1], [0.5, 0.5, 0.5, 0.5], [1, 1, 1, 1], ["no", "yes"]);
        TreatmentPredictions bad = fault switch
        {
            "one arm" => good with { ArmNames = ["no"] },
            "nobody" => good with { Arms = [0, 0] },
            "sum" => good with { Propensities = [0.5, 0.5, 0.5, 0.6] },
            "impossible" => good with { Propensities = [0.5, 0.5, 1, 0] },
            "outcome" => good with { Outcomes = [1, double.NaN] },
            "arm" => good with { Arms = [0, 2] },
            "patients" => good with { Groups = [1] },
            _ => new([], [], [], [], ["no", "yes"]),
        };
        InvalidPredictionsException refusal = Assert.Throws<InvalidPredictionsException>(() => DoublyRobustScores.Of(bad));
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }
}
