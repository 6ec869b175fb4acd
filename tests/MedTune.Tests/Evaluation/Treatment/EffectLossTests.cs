using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class EffectLossTests
{
    [Fact]
    public void Gain_BetterPredictions_IsTheDifferenceOfTheLosses()
    {
        (TreatmentPredictions rows, double[] x) = TreatmentProperties.Trial(4, 2000, 0.5);
        EffectScores scores = DoublyRobustScores.Of(rows).Effect();
        double[] good = Array.ConvertAll(x, value => 0.3 + (0.5 * value));
        double[] same = [.. Enumerable.Repeat(0.3, x.Length)];
        EffectEstimate gain = EffectLoss.Gain(scores, good, same);
        Golden.Near(EffectLoss.Of(scores, same).Value - EffectLoss.Of(scores, good).Value, gain.Value, 1e-12);

        // The squared spread of the effect around 0.3 is 0.25, and the truth leaves no other error.
        Assert.InRange(0.25, gain.Figure.Low, gain.Figure.High);
        Assert.True(gain.Figure.Low > 0);
        Golden.Near(-gain.Value, EffectLoss.Gain(scores, same, good).Value, 1e-12);
        Assert.Throws<InvalidPredictionsException>(() => EffectLoss.Of(scores, [1]));
    }

    [Fact]
    public void KnownEffects_ByHand_CountsWrongSigns()
    {
        KnownEffects figures = KnownEffects.Of([1, -1, 2, 0], [2, 1, -2, 0]);
        Assert.Equal((Math.Sqrt((1 + 4 + 16) / 4.0), 0.25, 0.5, 0.75), (figures.Pehe, figures.AverageError, figures.WrongSign, figures.Regret));
        Assert.Throws<InvalidPredictionsException>(() => KnownEffects.Of([], []));
    }
}
