using System.Globalization;

namespace MedTune.Graphs.Operators;

/// <summary>Which elements of a plane a place of a sampling grid is interpolated between. Coordinates run from -1 to 1 over the plane.</summary>
internal sealed class GridSampling
{
    /// <summary>The most elements along one axis.</summary>
    public const int Most = 4;

    private const double Cubic = -0.75;

    private readonly string _mode;
    private readonly string _padding;
    private readonly bool _aligned;

    /// <summary>Reads the attributes mode, padding_mode and align_corners.</summary>
    public GridSampling(Attributes attributes, Func<string, InvalidGraphException> error)
    {
        _mode = attributes.String("mode", "bilinear");
        _padding = attributes.String("padding_mode", "zeros");
        _aligned = attributes.Int("align_corners", 0) == 1;
        if (_mode is not ("bilinear" or "nearest" or "bicubic") || _padding is not ("zeros" or "border" or "reflection"))
        {
            throw error($"its mode is '{_mode}' and its padding_mode '{_padding}'; expected bilinear, nearest or bicubic, and zeros, border or reflection.");
        }
    }

    /// <summary>Elements along one axis that a value is made of.</summary>
    public int Count => _mode switch { "nearest" => 1, "bilinear" => 2, _ => Most };

    /// <summary>The elements along one axis (-1 for none), their weights, and the slopes of the weights by the grid's coordinate.</summary>
    public void Axis(double at, int extent, Span<int> places, Span<double> weights, Span<double> slopes)
    {
        double place = _aligned ? (at + 1) / 2 * (extent - 1) : (((at + 1) * extent) - 1) / 2;
        double slope = _aligned ? (extent - 1) / 2.0 : extent / 2.0;

        // A coordinate that is no number lies outside, and one far outside lies as well at any other such place.
        place = double.IsNaN(place) ? -2 : Math.Clamp(place, -1e9, 1e9);
        if (_mode == "nearest")
        {
            places[0] = Element(Math.Round(Moved(place, extent, ref slope), MidpointRounding.ToEven), extent);
            (weights[0], slopes[0]) = (1, 0);
            return;
        }

        place = _mode == "bicubic" ? place : Moved(place, extent, ref slope);
        double left = Math.Floor(place);
        double ratio = place - left;
        if (_mode == "bilinear")
        {
            (places[0], places[1]) = (Element(left, extent), Element(left + 1, extent));
            (weights[0], weights[1]) = (1 - ratio, ratio);
            (slopes[0], slopes[1]) = (-slope, slope);
            return;
        }

        (weights[0], weights[1], weights[2], weights[3]) = Interpolation.Cubic(ratio, Cubic);
        (slopes[0], slopes[1], slopes[2], slopes[3]) = Interpolation.CubicSlopes(ratio, Cubic);
        for (int i = 0; i < Most; i++)
        {
            double none = 0;
            places[i] = Element(Moved(left - 1 + i, extent, ref none), extent);
            slopes[i] *= slope;
        }
    }

    /// <summary>Refuses inputs that are not images and two coordinates for each place.</summary>
    public static void Check(ShapeContext context, TensorType x, TensorType grid)
    {
        if (x.Rank != 4 || grid.Rank != 4 || grid.Dimensions[3].Value is not (null or 2))
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its inputs are {x} and {grid}; images [N, C, H, W] and a grid [N, height, width, 2] were expected."));
        }

        if (x.Dimensions[0].Value is int samples && grid.Dimensions[0].Value is int grids && samples != grids)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"it has {samples} images and {grids} grids; there must be as many."));
        }
    }

    /// <summary>A place moved into the plane where the padding says so; the slope with it.</summary>
    private double Moved(double place, int extent, ref double slope)
    {
        if (_padding == "zeros")
        {
            return place;
        }

        if (_padding == "reflection")
        {
            double low = _aligned ? 0 : -0.5;
            double span = _aligned ? extent - 1 : extent;
            double distance = Math.Abs(place - low);
            slope *= place < low ? -1 : 1;
            double flips = span > 0 ? Math.Floor(distance / span) : 0;
            double within = span > 0 ? distance - (flips * span) : 0;
            bool isEven = flips % 2 == 0;
            slope *= isEven ? 1 : -1;
            place = low + (isEven ? within : span - within);
        }

        slope *= place <= 0 || place >= extent - 1 ? 0 : 1;
        return Math.Clamp(place, 0, Math.Max(0, extent - 1));
    }

    private int Element(double place, int extent) =>
        place >= 0 && place < extent ? (int)place : _padding == "zeros" || extent == 0 ? -1 : (int)Math.Clamp(place, 0, extent - 1);
}
