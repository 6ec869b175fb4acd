using MedTune.Reports.Charts;

namespace MedTune.Tests.Reports.Charts;

public sealed class LinearScaleTests
{
    private static readonly LinearScale Upwards = new(0, 10, 200, 100);

    [Theory]
    [InlineData(0, 200)]
    [InlineData(2.5, 175)]
    [InlineData(10, 100)]
    [InlineData(-1, 210)]
    public void At_Value_IsLinear(double value, double place) => Assert.Equal(place, Upwards.At(value), 12);

    [Theory]
    [InlineData(-1, 200)]
    [InlineData(11, 100)]
    [InlineData(double.NaN, 200)]
    [InlineData(double.PositiveInfinity, 100)]
    public void Clamped_OutsideTheDomain_StaysInTheRange(double value, double place) => Assert.Equal(place, Upwards.Clamped(value), 12);

    [Fact]
    public void At_EmptyDomain_IsTheMiddle() => Assert.Equal(150, new LinearScale(3, 3, 100, 200).At(7));

    [Fact]
    public void Covers_Ends_AreInside()
    {
        Assert.True(Upwards.Covers(0));
        Assert.True(Upwards.Covers(10));
        Assert.False(Upwards.Covers(10.001));
        Assert.False(Upwards.Covers(double.NaN));
    }
}
