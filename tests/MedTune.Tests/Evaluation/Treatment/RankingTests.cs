using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class RankingTests
{
    [Fact]
    public void TargetingCurve_GoldenRows_MatchesTheDefinition()
    {
        double[] expected = TreatmentGolden.Expected("ranking");
        TargetingCurve curve = TargetingCurve.Of(TreatmentGolden.Scores().Effect(), TreatmentGolden.Column("tau"), new EvaluationOptions { Resamples = 4000 });
        Golden.Near(expected[0], curve.Autoc.Value);
        Golden.Near(expected[1], curve.Qini.Value);
        TreatmentGolden.Near(TreatmentGolden.Expected("toc"), curve.Points.Select(point => point.Advantage.Value));

        // Another random stream draws other half-samples: 4000 of either leave the errors 1.6 % open.
        Assert.InRange(curve.Autoc.StandardError / expected[2], 0.94, 1.06);
        Assert.InRange(curve.Qini.StandardError / expected[3], 0.94, 1.06);
        Golden.Near(curve.Autoc.Value - (1.959963984540054 * curve.Autoc.StandardError), curve.Autoc.Figure.Low);
        EffectEstimate bootstrap = TargetingCurve.Of(TreatmentGolden.Scores().Effect(), TreatmentGolden.Column("tau"), null, RankingResampling.Bootstrap).Autoc;
        Assert.Equal(curve.Autoc.Value, bootstrap.Value);
        Assert.InRange(bootstrap.StandardError / curve.Autoc.StandardError, 0.8, 1.2);
    }

    [Fact]
    public void TargetingCurve_ByHand_WeighsTheFirstMost()
    {
        // Scores by priority 3, 1, 1, -1, mean 1: TOC = 2, 1, 2/3, 0.
        TargetingCurve curve = TargetingCurve.Of(new EffectScores([1, -1, 3, 1]), [2, 1, 9, 3]);
        Assert.Equal((2 + 1 + (2.0 / 3)) / 4, curve.Autoc.Value, 12);
        Assert.Equal(((0.25 * 2) + (0.5 * 1) + (0.75 * 2 / 3)) / 4, curve.Qini.Value, 12);
        Assert.Equal(0, curve.Points[^1].Advantage.Value);
    }

    [Fact]
    public void TargetingCurve_SameForAll_RanksNobody()
    {
        TargetingCurve curve = TargetingCurve.Of(TreatmentGolden.Scores().Effect(), new double[240]);
        Assert.Equal((0, 0, 1.0), (curve.Autoc.Value, curve.Qini.Value, curve.Autoc.PValueAbove));
        Assert.False(curve.Autoc.Figure.HasInterval);
        Assert.All(curve.Points, point => Assert.Equal(0, point.Advantage.Value));

        // An effect that is the same for all has no ranking, whatever the priorities.
        TargetingCurve same = TargetingCurve.Of(new EffectScores([.. Enumerable.Repeat(0.1, 50)]), [.. Enumerable.Range(0, 50).Select(i => (double)i)]);
        Assert.Equal((0, 0, 1.0), (same.Autoc.Value, same.Autoc.StandardError, same.Autoc.PValueAbove));
    }

    [Fact]
    public void TargetingCurve_ScoresOfTheOtherSign_TurnsTheSign()
    {
        EffectScores scores = TreatmentGolden.Scores().Effect();
        EffectScores turned = new(Array.ConvertAll(scores.Values, value => -value), scores.Groups);
        Golden.Near(-TargetingCurve.Of(scores, TreatmentGolden.Column("tau")).Autoc.Value, TargetingCurve.Of(turned, TreatmentGolden.Column("tau")).Autoc.Value, 1e-12);
    }

    [Fact]
    public void TargetingCurve_AnyOrderAndMonotonePriority_GivesTheSameBits()
    {
        EffectScores scores = TreatmentGolden.Scores().Effect();
        double[] tau = TreatmentGolden.Column("tau");
        int[] order = TreatmentProperties.Order(scores.Count);
        TargetingCurve given = TargetingCurve.Of(scores, tau);
        TargetingCurve mixed = TargetingCurve.Of(scores.Subset(order), Array.ConvertAll(order, row => (3 * tau[row]) + 100));
        Assert.Equal(given.Autoc, mixed.Autoc);
        Assert.Equal(given.Qini, mixed.Qini);
        Assert.Equal(given.Points.AsEnumerable(), mixed.Points);
    }

    [Fact]
    public void TargetingCurve_RowsOfOnePatientRepeated_CountOnce()
    {
        EffectScores scores = TreatmentGolden.Scores(false).Effect();
        int[] twice = [.. Enumerable.Range(0, 2 * scores.Count).Select(i => i / 2)];
        EffectScores repeated = scores.Subset(twice) with { Groups = twice };
        double[] tau = TreatmentGolden.Column("tau");
        TargetingCurve once = TargetingCurve.Of(scores, tau);
        TargetingCurve doubled = TargetingCurve.Of(repeated, Array.ConvertAll(twice, row => tau[row]));
        Assert.InRange(doubled.Autoc.StandardError / once.Autoc.StandardError, 0.9, 1.1);
        Assert.Equal(scores.Count, doubled.Autoc.Patients);
    }

    [Fact]
    public void RankingEvidence_SeveralSplits_TakesTwiceTheMedian()
    {
        EffectEstimate One(double z) => new(new Estimate(z, z - 1.96, z + 1.96, ""), 1, double.NaN, NormalDistribution.Cumulative(-z), 100, 100);
        RankingEvidence strong = RankingEvidence.Of([One(2.1), One(2.3), One(2.9), One(-0.5), One(3.4)]);
        Golden.Near(2 * NormalDistribution.Cumulative(-2.3), strong.PValue);
        Assert.True(strong.IsClaimed);
        Assert.Equal((5, 4, 2.3, -0.5, 3.4), (strong.Splits, strong.SplitsAbove, strong.Figure.Value, strong.Lowest, strong.Highest));
        Golden.Near(2.3 - 2.241402727604947, strong.Figure.Low);

        // One good split among bad ones decides nothing.
        RankingEvidence weak = RankingEvidence.Of([One(5), One(0.1), One(0.2), One(-0.5)]);
        Assert.False(weak.IsClaimed);
        Assert.Equal(0.15, weak.Figure.Value, 12);
        Assert.Equal(1, RankingEvidence.Of([One(-3)]).PValue);
        Assert.False(RankingEvidence.Of([One(2.2)]).IsClaimed);
        Assert.Throws<InvalidPredictionsException>(() => RankingEvidence.Of([]));
    }
}
