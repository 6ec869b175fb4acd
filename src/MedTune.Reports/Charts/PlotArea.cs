namespace MedTune.Reports.Charts;

/// <summary>The drawing surface of a chart: its size, its margins and the scales inside them. Units are those of the SVG view box.</summary>
/// <param name="Width">Width of the view box.</param>
/// <param name="Height">Height of the view box.</param>
/// <param name="Left">Left edge of the plot.</param>
/// <param name="Top">Top edge of the plot.</param>
/// <param name="Right">Right edge of the plot.</param>
/// <param name="Bottom">Bottom edge of the plot.</param>
/// <param name="X">Horizontal scale, from <paramref name="Left"/> to <paramref name="Right"/>.</param>
/// <param name="Y">Vertical scale, from <paramref name="Bottom"/> up to <paramref name="Top"/>.</param>
public sealed record PlotArea(
    double Width, double Height, double Left, double Top, double Right, double Bottom, LinearScale X, LinearScale Y)
{
    /// <summary>Width of every chart's view box: about half the page, so that text keeps its size on the page and on a phone.</summary>
    public const double StandardWidth = 460;

    /// <summary>A plot of standard width with room for an axis on the left and one below.</summary>
    /// <param name="plotHeight">Height of the plot itself.</param>
    /// <param name="xLow">Low end of the horizontal axis.</param>
    /// <param name="xHigh">High end of the horizontal axis.</param>
    /// <param name="yLow">Low end of the vertical axis.</param>
    /// <param name="yHigh">High end of the vertical axis.</param>
    /// <param name="below">Room between the plot and the horizontal axis, for what is drawn there.</param>
    public static PlotArea Standard(double plotHeight, double xLow, double xHigh, double yLow, double yHigh, double below = 0)
    {
        const double left = 58;
        const double top = 10;
        const double right = StandardWidth - 18;
        double bottom = top + plotHeight;
        return new PlotArea(
            StandardWidth, bottom + below + 48, left, top, right, bottom,
            new LinearScale(xLow, xHigh, left, right), new LinearScale(yLow, yHigh, bottom, top));
    }
}
