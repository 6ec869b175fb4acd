using MedTune.Reports.Charts;

namespace MedTune.Tests.Reports.Charts;

public sealed class BinaryLogarithmTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(0.125, -3)]
    [InlineData(1024, 10)]
    public void Of_PowerOfTwo_IsExact(double x, double expected) => Assert.Equal(expected, BinaryLogarithm.Of(x));

    [Fact]
    public void Of_AnyPositive_AgreesWithThePlatform()
    {
        for (double x = 1e-8; x < 1e9; x *= 1.37)
        {
            Assert.Equal(Math.Log2(x), BinaryLogarithm.Of(x), 1e-13 * Math.Max(1, Math.Abs(Math.Log2(x))));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_NoPositiveNumber_IsNaN(double x) => Assert.True(double.IsNaN(BinaryLogarithm.Of(x)));
}
