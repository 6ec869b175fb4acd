using MedTune.Reports;
using MedTune.Reports.Charts;

namespace MedTune.Tests.Reports.Charts;

public sealed class SvgPathTests
{
    private static readonly LinearScale X = new(0, 1, 0, 100);
    private static readonly LinearScale Y = new(0, 1, 100, 0);

    [Fact]
    public void Line_KnownPoints_HasTheirCoordinates() =>
        Assert.Equal("M0 100L25 33.33L100 0", SvgPath.Line([new(0, 0), new(0.25, 2.0 / 3), new(1, 1)], X, Y));

    [Fact]
    public void Line_NaN_IsLeftOut() => Assert.Equal("M0 100L100 0", SvgPath.Line([new(0, 0), new(double.NaN, 0.5), new(0.5, double.NaN), new(1, 1)], X, Y));

    [Fact]
    public void Line_Outside_IsHeldInside() => Assert.Equal("M0 100L100 0", SvgPath.Line([new(-3, -1), new(7, double.PositiveInfinity)], X, Y));

    [Fact]
    public void Line_NoPoints_IsEmpty() => Assert.Equal("", SvgPath.Line([], X, Y));

    [Fact]
    public void Line_Steps_KeepTheirCornersOnly() =>
        Assert.Equal("M0 100L0 50L50 50L50 0L100 0", SvgPath.Line([new(0, 0), new(0, 0.2), new(0, 0.5), new(0.3, 0.5), new(0.5, 0.5), new(0.5, 1), new(1, 1)], X, Y));

    [Fact]
    public void Line_ManyPoints_StaysShort()
    {
        CurvePoint[] points = [.. Enumerable.Range(0, 100_001).Select(index => new CurvePoint(index / 100_000.0, Math.Sqrt(index / 100_000.0)))];
        string path = SvgPath.Line(points, X, Y);
        Assert.InRange(path.Length, 100, 12_000);
        Assert.StartsWith("M0 100L", path, StringComparison.Ordinal);
        Assert.EndsWith("L100 0", path, StringComparison.Ordinal);
    }

    [Fact]
    public void Band_KnownPoints_GoesAroundIt() =>
        Assert.Equal("M0 80L100 0L100 40L0 100Z", SvgPath.Band([new(0, 0.1, 0, 0.2), new(0.5, 0.5), new(1, 0.8, 0.6, 1)], X, Y));

    [Fact]
    public void Band_OneInterval_IsEmpty() => Assert.Equal("", SvgPath.Band([new(0, 0.1, 0, 0.2), new(1, 0.5)], X, Y));
}
