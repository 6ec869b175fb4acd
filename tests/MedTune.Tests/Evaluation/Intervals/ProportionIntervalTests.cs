using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class ProportionIntervalTests
{
    /// <summary>Newcombe RG, Stat Med 1998;17:857-872, Table I: four decimals as printed.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_NewcombeTable_Agrees(int successes, int trials, double low, double high)
    {
        Estimate estimate = WilsonInterval.Of(successes, trials);
        Assert.Equal((double)successes / trials, estimate.Value);
        Assert.Equal(low, estimate.Low, 4);
        Assert.Equal(high, estimate.High, 4);
        Assert.Equal("95 % Wilson score interval", estimate.Method);
    }

    /// <summary>Newcombe RG, Stat Med 1998;17:857-872, Table I, method 5.</summary>
    [Theory]
    [InlineData(81, 263, 0.2527, 0.3676)]
    [InlineData(15, 148, 0.0578, 0.1617)]
    [InlineData(0, 20, 0.0000, 0.1684)]
    [InlineData(1, 29, 0.0009, 0.1776)]
    public void ClopperPearson_NewcombeTable_Agrees(int successes, int trials, double low, double high)
    {
        Estimate estimate = ClopperPearsonInterval.Of(successes, trials);
        Assert.Equal(low, estimate.Low, 4);
        Assert.Equal(high, estimate.High, 4);
    }

    [Fact]
    public void ClopperPearson_Statsmodels_Agrees()
    {
        foreach (double[] row in Golden.Table("distributions", "clopper_pearson"))
        {
            Estimate estimate = ClopperPearsonInterval.Of((long)row[0], (long)row[1]);
            Golden.Near(row[2], estimate.Low, 1e-10);
            Golden.Near(row[3], estimate.High, 1e-10);
        }
    }

    [Fact]
    public void Intervals_AllOrNoSuccesses_EndExactlyAtTheBorder()
    {
        Assert.Equal(1, WilsonInterval.Of(7, 7).High);
        Assert.Equal(0, WilsonInterval.Of(0, 7).Low);
        Assert.Equal(1, ClopperPearsonInterval.Of(7, 7).High);
        Assert.Equal(0, ClopperPearsonInterval.Of(0, 7).Low);
    }

    [Fact]
    public void Intervals_NoTrials_AreUndefined()
    {
        Assert.False(WilsonInterval.Of(0, 0).IsDefined);
        Assert.False(ClopperPearsonInterval.Of(0, 0).IsDefined);
    }

    [Fact]
    public void Intervals_ImpossibleCounts_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearsonInterval.Of(-1, 2));
        Assert.Throws<ArgumentException>(() => WilsonInterval.Of(1, 2, 1.0));
    }

    /// <summary>Coverage computed exactly, over the binomial distribution, as in Newcombe 1998: on average near the level, never far below it.</summary>
    [Fact]
    public void Wilson_ExactCoverage_IsNearTheLevel()
    {
        const int trials = 40;
        Estimate[] intervals = [.. Enumerable.Range(0, trials + 1).Select(k => WilsonInterval.Of(k, trials))];
        double sum = 0;
        double worst = 1;
        const int points = 199;
        for (int point = 1; point <= points; point++)
        {
            double p = point / (points + 1.0);
            double coverage = 0;
            double mass = Math.Pow(1 - p, trials);
            for (int k = 0; k <= trials; k++)
            {
                coverage += intervals[k].Low <= p && p <= intervals[k].High ? mass : 0;
                mass *= (trials - k) / (k + 1.0) * p / (1 - p);
            }
            sum += coverage;
            worst = Math.Min(worst, coverage);
        }
        Assert.InRange(sum / points, 0.945, 0.962);
        Assert.InRange(worst, 0.83, 0.95);
    }
}
