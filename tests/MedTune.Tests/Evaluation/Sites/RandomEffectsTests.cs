using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

public sealed class RandomEffectsTests
{
    /// <summary>Thirteen trials of a vaccine against tuberculosis: cases and others, vaccinated and not (Colditz et al., JAMA 1994;271:698-702).</summary>
    private static readonly double[][] Trials =
    [
        [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761], [180, 1361, 372, 1079], [8, 2537, 10, 619],
        [505, 87886, 499, 87892], [29, 7470, 45, 7232], [17, 1699, 65, 1600], [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825],
    ];

    [Fact]
    public void Of_VaccineTrials_GivesThePublishedMeanAndVariance()
    {
        double[] figures = Array.ConvertAll(Trials, t => DoubleMath.Log(t[0] / (t[0] + t[1]) / (t[2] / (t[2] + t[3]))));
        double[] errors = Array.ConvertAll(Trials, t => Math.Sqrt((1 / t[0]) - (1 / (t[0] + t[1])) + (1 / t[2]) - (1 / (t[2] + t[3]))));
        RandomEffectsSummary summary = RandomEffects.Of(figures, errors);

        // Viechtbauer, J Stat Softw 2010;36(3), section 3: restricted maximum likelihood.
        Assert.Equal(-0.7145, summary.Mean.Value, 4);
        Assert.Equal(0.3132, summary.Tau * summary.Tau, 4);
        Assert.Equal(13, summary.Sites);
    }

    [Fact]
    public void Of_EqualFigures_IsNotSurerThanTheirErrors()
    {
        RandomEffectsSummary summary = RandomEffects.Of([0.7, 0.7, 0.7, 0.7], [0.2, 0.2, 0.2, 0.2]);
        Assert.Equal(0, summary.Tau);
        Assert.Equal(0.7, summary.Mean.Value, 12);
        Assert.Equal(0.7 + (3.182446305284263 * 0.1), summary.Mean.High, 9);
        Assert.Equal(0.7 + (4.302652729911275 * 0.1), summary.Prediction.High, 9);
    }

    [Fact]
    public void Of_TwoUsableSites_SaysNothing()
    {
        RandomEffectsSummary summary = RandomEffects.Of([0.7, double.PositiveInfinity, 0.9, 0.8], [0.1, 0.1, 0.1, 0]);
        Assert.Equal(2, summary.Sites);
        Assert.False(summary.Mean.IsDefined || summary.Prediction.IsDefined);
        Assert.True(double.IsNaN(summary.Tau));
    }

    [Fact]
    public void Of_OneErrorMissing_IsRefused() => Assert.Throws<ArgumentException>(() => RandomEffects.Of([1, 2, 3], [1, 1]));
}
