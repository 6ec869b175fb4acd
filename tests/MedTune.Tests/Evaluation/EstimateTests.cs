using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class EstimateTests
{
    [Fact]
    public void ToString_AnyEstimate_ReadsAsInAReport()
    {
        Assert.Equal("0.873 (0.812 to 0.921)", new Estimate(0.8732, 0.8119, 0.9206, "").ToString());
        Assert.Equal("0.500", Estimate.WithoutInterval(0.5, "why").ToString());
        Assert.Equal("n/a", Estimate.Undefined("why").ToString());
    }

    [Fact]
    public void Around_IntervalThatMissesItsFigure_IsWidenedAndSaysSo()
    {
        Estimate estimate = new Interval(0.2, 0.4, "how").Around(0.5);
        Assert.Equal(new Estimate(0.5, 0.2, 0.5, "how; widened to hold the estimate"), estimate);
        Assert.Equal("how", new Interval(0.2, 0.4, "how").Around(0.3).Method);
        Assert.False(Interval.None("no").Around(0.3).HasInterval);
    }
}
