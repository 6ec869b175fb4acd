using MedTune.Reports;

namespace MedTune.Tests.Reports;

public sealed class RiskBinTests
{
    [Fact]
    public void Histogram_WideRisks_HasTwentyBins()
    {
        IReadOnlyList<RiskBin> bins = RiskBin.Histogram([0, 0.05, 0.5, 0.99, 1], [0, 1, 0, 1, 1]);
        Assert.Equal(20, bins.Count);
        Assert.Equal(new RiskBin(0, 0.05, 1, 0), bins[0]);
        Assert.Equal(new RiskBin(0.05, 0.1, 0, 1), bins[1]);
        Assert.Equal(new RiskBin(0.95, 1, 0, 2), bins[19]);
    }

    [Fact]
    public void Histogram_SmallRisks_HasNarrowBins()
    {
        double[] risks = [.. Enumerable.Range(0, 1000).Select(row => row == 0 ? 0.9 : row * 0.00005)];
        IReadOnlyList<RiskBin> bins = RiskBin.Histogram(risks, new int[1000]);
        Assert.Equal(200, bins.Count);
        Assert.Equal(1000, bins.Sum(bin => bin.Without));
    }

    [Fact]
    public void Histogram_NoRows_IsEmpty() => Assert.Empty(RiskBin.Histogram([double.NaN], [1]));

    [Fact]
    public void Histogram_DifferentLengths_IsRefused() => Assert.Throws<ArgumentException>(() => RiskBin.Histogram([0.5], []));
}
