using System.Globalization;

namespace MedTune.Reports.Charts;

/// <summary>The style class of a curve by its place: eight colors, told apart by their dashes as well.</summary>
internal static class SeriesCss
{
    /// <summary>How many curves can be told apart.</summary>
    public const int Count = 8;

    /// <summary>The class of a curve: its own, or that of its 0-based place.</summary>
    public static string Of(CurveSeries series, int index) => series.Css.Length > 0 ? series.Css : Of(index);

    /// <summary>The class of the curve at this place, 0-based.</summary>
    public static string Of(int index) => "series-" + ((index % Count) + 1).ToString(CultureInfo.InvariantCulture);
}
