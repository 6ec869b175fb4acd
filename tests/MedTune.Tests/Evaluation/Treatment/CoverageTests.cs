using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class CoverageTests
{
    private const int Trials = 200;

    /// <summary>With an effect 0.3 + 0.5 x and x standard normal, ranked by x: AUTOC = 0.5 ∫ E[x | x above its (1 - q) quantile] dq, by parts 0.5 E[x · (-log(1 - Φ(x)))].</summary>
    [Fact]
    public void Intervals_TwoHundredTrials_CoverTheTruth()
    {
        const double slope = 0.5;
        double truth = slope * Autoc();
        int[] covered = new int[3];
        for (int trial = 0; trial < Trials; trial++)
        {
            (TreatmentPredictions rows, double[] x) = TreatmentProperties.Trial((ulong)trial, 600, slope);
            EffectScores scores = DoublyRobustScores.Of(rows).Effect();
            Count(0, AverageEffect.Of(scores), 0.3);
            Count(1, TargetingCurve.Of(scores, x, new EvaluationOptions { Resamples = 300 }).Autoc, truth);
            Count(2, AverageEffect.OverlapWeighted(rows), 0.3);
        }
        Assert.All(covered, count => Assert.InRange(count, 0.92 * Trials, 0.98 * Trials));

        void Count(int figure, EffectEstimate found, double value) => covered[figure] += found.Figure.Low <= value && value <= found.Figure.High ? 1 : 0;
    }

    /// <summary>With no heterogeneity the one-sided claim at 2.5 % appears about as often as it says.</summary>
    [Fact]
    public void RankingEvidence_NoHeterogeneity_IsRarelyClaimed()
    {
        int claims = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            (TreatmentPredictions rows, double[] x) = TreatmentProperties.Trial(1000 + (ulong)trial, 400, 0);
            EffectScores scores = DoublyRobustScores.Of(rows).Effect();
            EffectEstimate[] splits =
            [
                .. Enumerable.Range(0, 5).Select(split =>
                {
                    int[] part = [.. TreatmentProperties.Order(400).Where((row, i) => i % 5 != split)];
                    return TargetingCurve.Of(scores.Subset(part), Array.ConvertAll(part, row => x[row]), new EvaluationOptions { Resamples = 100 }).Autoc;
                }),
            ];
            claims += RankingEvidence.Of(splits).IsClaimed ? 1 : 0;
        }
        Assert.InRange(claims, 0, 0.05 * Trials);
    }

    /// <summary>E[x (-log(1 - Φ(x)))] for x standard normal, by the midpoint rule over the quantiles of the upper tail.</summary>
    private static double Autoc()
    {
        // AUTOC = ∫0..1 (1/q) ∫ upper q of the quantiles dq = ∫ z(u) (-log(u)) du with u the upper tail.
        const int steps = 200_000;
        double sum = 0;
        for (int i = 0; i < steps; i++)
        {
            double u = (i + 0.5) / steps;
            sum += -NormalDistribution.Quantile(u) * -MedTune.Tensors.DoubleMath.Log(u);
        }
        return sum / steps;
    }
}
