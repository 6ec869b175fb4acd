using System.Text;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Charts;

/// <summary>The path data of curves, bands and bars.</summary>
internal static class SvgPath
{
    // A quarter of a drawing unit cannot be seen, and a curve of 100,000 points would make the page heavy.
    private const double Finest = 0.25;

    /// <summary>A line through the points, in their order; points with a NaN are left out, positions are held inside the plot.</summary>
    /// <param name="points">The points, in the units of the scales.</param>
    /// <param name="x">Horizontal scale.</param>
    /// <param name="y">Vertical scale.</param>
    /// <returns>Path data, empty when there is no point.</returns>
    public static string Line(IReadOnlyList<CurvePoint> points, LinearScale x, LinearScale y)
    {
        var places = new List<CurvePoint>(points.Count);
        foreach (CurvePoint point in points)
        {
            if (!double.IsNaN(point.X) && !double.IsNaN(point.Y))
            {
                places.Add(new CurvePoint(x.Clamped(point.X), y.Clamped(point.Y)));
            }
        }

        var path = new StringBuilder();
        Append(path, Thinned(places), 'M');
        return path.ToString();
    }

    /// <summary>The closed outline of a band, up along its high ends and back along its low ends.</summary>
    /// <param name="points">The points, in rising order; those without an interval are left out.</param>
    /// <param name="x">Horizontal scale.</param>
    /// <param name="y">Vertical scale.</param>
    /// <returns>Path data, empty with fewer than two points.</returns>
    public static string Band(IReadOnlyList<BandPoint> points, LinearScale x, LinearScale y)
    {
        var high = new List<CurvePoint>(points.Count);
        var low = new List<CurvePoint>(points.Count);
        foreach (BandPoint point in points)
        {
            if (!double.IsNaN(point.X) && !double.IsNaN(point.Low) && !double.IsNaN(point.High))
            {
                high.Add(new CurvePoint(x.Clamped(point.X), y.Clamped(point.High)));
                low.Add(new CurvePoint(x.Clamped(point.X), y.Clamped(point.Low)));
            }
        }

        if (high.Count < 2)
        {
            return "";
        }

        low.Reverse();
        var path = new StringBuilder();
        Append(path, Thinned(high), 'M');
        Append(path, Thinned(low), 'L');
        return path.Append('Z').ToString();
    }

    /// <summary>Drops points that lie within a quarter unit of the last kept one or on a straight run along an axis; keeps both ends.</summary>
    internal static List<CurvePoint> Thinned(List<CurvePoint> places)
    {
        var kept = new List<CurvePoint>(Math.Min(places.Count, 1024));
        for (int index = 0; index < places.Count; index++)
        {
            CurvePoint place = places[index];
            bool isLast = index == places.Count - 1;
            if (kept.Count > 0 && !isLast && IsNear(kept[^1], place))
            {
                continue;
            }

            if (kept.Count > 1 && IsStraight(kept[^2], kept[^1], place))
            {
                kept[^1] = place;
                continue;
            }

            kept.Add(place);
        }

        return kept;
    }

    private static bool IsNear(CurvePoint a, CurvePoint b) => Math.Abs(a.X - b.X) < Finest && Math.Abs(a.Y - b.Y) < Finest;

    private static bool IsStraight(CurvePoint a, CurvePoint b, CurvePoint c) =>
        (a.X == b.X && b.X == c.X && (b.Y - a.Y) * (c.Y - b.Y) >= 0) || (a.Y == b.Y && b.Y == c.Y && (b.X - a.X) * (c.X - b.X) >= 0);

    private static void Append(StringBuilder path, List<CurvePoint> places, char first)
    {
        char verb = first;
        foreach (CurvePoint place in places)
        {
            path.Append(verb).Append(NumberText.Coordinate(place.X)).Append(' ').Append(NumberText.Coordinate(place.Y));
            verb = 'L';
        }
    }
}
