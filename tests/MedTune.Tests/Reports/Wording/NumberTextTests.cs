using MedTune.Reports.Wording;

namespace MedTune.Tests.Reports.Wording;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.8734, "0.873")]
    [InlineData(-0.0001, "-0.0001")]
    [InlineData(0, "0.000")]
    [InlineData(1234.5, "1,234.500")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "infinite")]
    [InlineData(3e-9, "3e-9")]
    public void Decimal_Value_IsShort(double value, string expected) => Assert.Equal(expected, NumberText.Decimal(value));

    [Theory]
    [InlineData(0.861, "86%")]
    [InlineData(0, "0%")]
    [InlineData(1, "100%")]
    [InlineData(0.014, "1.4%")]
    [InlineData(0.05, "5%")]
    [InlineData(0.9999, "99.99%")]
    [InlineData(0.0000004, "0%")]
    [InlineData(double.NaN, "–")]
    public void Percent_Share_KeepsWhatMatters(double share, string expected) => Assert.Equal(expected, NumberText.Percent(share));

    [Theory]
    [InlineData(-0.001, "0")]
    [InlineData(12.346, "12.35")]
    [InlineData(12.3, "12.3")]
    [InlineData(double.NaN, "0")]
    public void Coordinate_Value_HasTwoDecimals(double value, string expected) => Assert.Equal(expected, NumberText.Coordinate(value));

    [Fact]
    public void WithInterval_Interval_FollowsTheValue()
    {
        Assert.Equal("0.873 (0.812 to 0.921)", ReportWords.English.WithInterval(0.873, 0.812, 0.921, NumberStyle.Decimal));
        Assert.Equal("81% (63% to 92%)", ReportWords.English.WithInterval(0.8148, 0.633, 0.918, NumberStyle.Percent));
        Assert.Equal("0.873", ReportWords.English.WithInterval(0.873, double.NaN, 0.921, NumberStyle.Decimal));
    }
}
