using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Where the samples of a RoiAlign node lie.</summary>
internal sealed class RegionSampling
{
    /// <summary>The most samples along one axis of a bin: a region that is no number must not take forever.</summary>
    private const double MostSamples = 1 << 12;

    private readonly int _rows;
    private readonly int _columns;
    private readonly int _ratio;
    private readonly double _scale;
    private readonly bool _fromMiddle;
    private readonly int _images;

    /// <summary>Reads the attributes for images of a shape.</summary>
    public RegionSampling(Attributes attributes, Shape images)
    {
        (_images, Height, Width) = (images[0], images[2], images[3]);
        _rows = (int)attributes.Int("output_height", 1);
        _columns = (int)attributes.Int("output_width", 1);
        _ratio = (int)attributes.Int("sampling_ratio", 0);
        _scale = attributes.Float("spatial_scale", 1);
        _fromMiddle = attributes.String("coordinate_transformation_mode", "half_pixel") == "half_pixel";
    }

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>Bins of a region.</summary>
    public int Bins => _rows * _columns;

    /// <summary>Refuses attributes and shapes that do not fit.</summary>
    public static void Check(ShapeContext context, int first = 0)
    {
        var (x, regions) = (context.Input(first), context.Input(first + 1));
        if ((x.HasRank && x.Rank != 4) || (regions.HasRank && (regions.Rank != 2 || regions.Dimensions[1].Value is not (null or 4))))
        {
            throw context.Error($"its inputs are {x} and {regions}; images [N, C, H, W] and regions [R, 4] were expected.");
        }

        if (x.HasRank && (x.Dimensions[2].Value == 0 || x.Dimensions[3].Value == 0))
        {
            throw context.Error("its images have no pixels.");
        }

        foreach (string name in new[] { "output_height", "output_width" })
        {
            if (context.Attributes.Int(name, 1) is < 1 or > 1 << 14)
            {
                throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its {name} is {context.Attributes.Int(name, 1)}; 1 to 16384 was expected."));
            }
        }

        if (context.Attributes.Int("sampling_ratio", 0) is < 0 or > (long)MostSamples ||
            context.Attributes.String("mode", "avg") is not ("avg" or "max") ||
            context.Attributes.String("coordinate_transformation_mode", "half_pixel") is not ("half_pixel" or "output_half_pixel"))
        {
            throw context.Error("its sampling_ratio, mode or coordinate_transformation_mode is none of those the standard has.");
        }
    }

    /// <summary>The image of a region.</summary>
    public int Image(long number, KernelContext context) => number >= 0 && number < _images
        ? (int)number
        : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"a region is of image {number}; there are {_images}."));

    /// <summary>Where a region starts and how large its bins are, and how many samples each bin has along each axis.</summary>
    public ((double X, double Y, double Width, double Height) Place, (int Rows, int Columns) Samples) Region<T>(ReadOnlySpan<T> corners)
        where T : INumber<T>
    {
        double offset = _fromMiddle ? 0.5 : 0;
        double left = (double.CreateChecked(corners[0]) * _scale) - offset;
        double top = (double.CreateChecked(corners[1]) * _scale) - offset;
        double width = (double.CreateChecked(corners[2]) * _scale) - offset - left;
        double height = (double.CreateChecked(corners[3]) * _scale) - offset - top;
        if (!_fromMiddle)
        {
            (width, height) = (Math.Max(width, 1), Math.Max(height, 1));
        }

        (width, height) = (width / _columns, height / _rows);
        return ((left, top, width, height), (Samples(height), Samples(width)));
    }

    /// <summary>The elements around a sample of a bin.</summary>
    public RegionTaps Sample((double X, double Y, double Width, double Height) place, (int Rows, int Columns) samples, int bin, int sample)
    {
        double y = place.Y + (((bin / _columns) + (((sample / samples.Columns) + 0.5) / samples.Rows)) * place.Height);
        double x = place.X + (((bin % _columns) + (((sample % samples.Columns) + 0.5) / samples.Columns)) * place.Width);
        if (!(y >= -1 && y <= Height && x >= -1 && x <= Width))
        {
            return default;
        }

        (int row, double below) = Split(y, Height);
        (int column, double right) = Split(x, Width);
        return new RegionTaps((row * Width) + column, column < Width - 1 ? 1 : 0, row < Height - 1 ? Width : 0, right, below, 1);
    }

    private static (int Element, double Beyond) Split(double at, int extent)
    {
        at = Math.Max(0, at);
        return at >= extent - 1 ? (extent - 1, 0) : ((int)at, at - (int)at);
    }

    private int Samples(double extent) => _ratio > 0 ? _ratio : extent > 0 ? (int)Math.Min(Math.Ceiling(extent), MostSamples) : 0;
}
