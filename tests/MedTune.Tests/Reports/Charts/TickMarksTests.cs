using MedTune.Reports.Charts;

namespace MedTune.Tests.Reports.Charts;

public sealed class TickMarksTests
{
    [Fact]
    public void Between_ZeroAndOne_StepsByAFifth() => Assert.Equal([0, 0.2, 0.4, 0.6, 0.8, 1], TickMarks.Between(0, 1));

    [Fact]
    public void Between_SmallShares_AreExactDecimals() => Assert.Equal([0, 0.01, 0.02, 0.03, 0.04, 0.05], TickMarks.Between(0, 0.05));

    [Fact]
    public void Between_BothSigns_HoldsPositiveZero()
    {
        IReadOnlyList<double> ticks = TickMarks.Between(-0.4, 0.4);
        Assert.Equal([-0.4, -0.2, 0, 0.2, 0.4], ticks);
        Assert.False(double.IsNegative(ticks[2]));
    }

    [Fact]
    public void Between_LargeNumbers_AreRound() => Assert.Equal([0, 20_000, 40_000, 60_000, 80_000], TickMarks.Between(0, 90_000));

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 4)]
    [InlineData(0, double.NaN)]
    [InlineData(0, double.PositiveInfinity)]
    public void Between_NoInterval_IsOneTick(double low, double high) => Assert.Equal([low], TickMarks.Between(low, high));

    [Theory]
    [InlineData(0.312, 0.696, 0.3, 0.7)]
    [InlineData(-0.74, 1.19, -1, 1.5)]
    [InlineData(0, 0.073, 0, 0.08)]
    public void Around_Interval_EndsOnTicks(double low, double high, double expectedLow, double expectedHigh)
    {
        (double foundLow, double foundHigh) = TickMarks.Around(low, high);
        Assert.Equal(expectedLow, foundLow, 12);
        Assert.Equal(expectedHigh, foundHigh, 12);
    }

    [Fact]
    public void Around_OneValue_MakesRoom()
    {
        (double low, double high) = TickMarks.Around(0.5, 0.5);
        Assert.True(low < 0.5 && high > 0.5);
        (low, high) = TickMarks.Around(0, 0);
        Assert.True(low < 0 && high > 0);
    }

    [Fact]
    public void Around_NotFinite_IsZeroToOne() => Assert.Equal((0, 1), TickMarks.Around(double.PositiveInfinity, double.NegativeInfinity));
}
