using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What a Resize node asks for: the extents of the output, and which elements of the input each of its elements is made of.</summary>
internal sealed class Resizing
{
    private readonly Attributes _attributes;
    private readonly Func<string, InvalidGraphException> _error;
    private readonly int[] _axes;
    private readonly double[] _scales;
    private readonly ImmutableArray<ShapeElement> _sizes;
    private readonly double[] _region;
    private readonly string _mode;
    private readonly string _transform;
    private readonly string _nearest;
    private readonly string _policy;

    /// <summary>Checks what the attributes and the known inputs say; scales or sizes are default when they are left out.</summary>
    public Resizing(Attributes attributes, int rank, Tensor? scales, ImmutableArray<ShapeElement> sizes, Tensor? region, Func<string, InvalidGraphException> error)
    {
        (_attributes, _error, _sizes) = (attributes, error, sizes);
        _mode = OneOf("mode", "nearest", "linear", "cubic");
        _transform = OneOf("coordinate_transformation_mode", "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "tf_crop_and_resize");
        _nearest = OneOf("nearest_mode", "round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
        _policy = OneOf("keep_aspect_ratio_policy", "stretch", "not_larger", "not_smaller");
        var listed = attributes.Ints("axes");
        _axes = [.. listed.IsDefault ? Enumerable.Range(0, rank) : listed.Select(axis => (int)(axis < 0 ? axis + rank : axis))];
        if (_axes.Any(axis => axis < 0 || axis >= rank) || _axes.Distinct().Count() < _axes.Length)
        {
            throw error(string.Create(CultureInfo.InvariantCulture, $"its axes must be different axes of an input of rank {rank}."));
        }

        _scales = Numbers(scales);
        _region = Numbers(region);
        int given = sizes.IsDefault ? _scales.Length : sizes.Length;
        if (given != _axes.Length || (!sizes.IsDefault && _scales.Length > 0))
        {
            throw error(string.Create(CultureInfo.InvariantCulture, $"either its scales or its sizes must be given, one for each of {_axes.Length} axes."));
        }

        if (_scales.Any(scale => !(scale > 0) || double.IsInfinity(scale)))
        {
            throw error("its scales must be above 0.");
        }

        if (_transform == "tf_crop_and_resize" && _region.Length != 2 * _axes.Length)
        {
            throw error(string.Create(CultureInfo.InvariantCulture, $"its roi must hold {2 * _axes.Length} numbers: where the region starts along each axis, then where it ends."));
        }
    }

    /// <summary>The output's extents, as far as they follow from the input's.</summary>
    public ImmutableArray<Dimension> Extents(ImmutableArray<Dimension> input)
    {
        var extents = input.ToArray();
        double? common = CommonScale(input);
        for (int i = 0; i < _axes.Length; i++)
        {
            var dimension = input[_axes[i]];
            extents[_axes[i]] = _sizes.IsDefault
                ? dimension.Value is int extent ? Whole(Math.Floor(extent * _scales[i])) : _scales[i] == 1 ? dimension : Dimension.Unknown
                : _policy == "stretch" ? Asked(i)
                : common is double scale && dimension.Value is int own ? Whole(Math.Floor((own * scale) + 0.5)) : Dimension.Unknown;
        }

        return [.. extents];
    }

    /// <summary>The map along every axis, for concrete extents.</summary>
    public AxisTaps[] Taps(Shape input, Shape output)
    {
        double? common = CommonScale([.. input.Extents.ToArray().Select(Dimension.FromValue)]);
        return [.. Enumerable.Range(0, input.Rank).Select(axis =>
        {
            int i = Array.IndexOf(_axes, axis);
            double exact = i < 0 ? 1 : (double)output[axis] / input[axis];
            double scale = i < 0 ? 1 : _sizes.IsDefault ? _scales[i] : common ?? exact;
            double width = scale == exact ? output[axis] : scale * input[axis];
            return Axis(input[axis], output[axis], scale, width, i < 0 || _region.Length == 0 ? (0, 1) : (_region[i], _region[i + _axes.Length]));
        })];
    }

    private static double[] Numbers(Tensor? tensor) => tensor switch
    {
        Tensor<float> floats => [.. floats.Values.ToArray().Select(value => (double)value)],
        Tensor<double> doubles => doubles.Values.ToArray(),
        _ => [],
    };

    private string OneOf(string name, params ReadOnlySpan<string> values)
    {
        string value = _attributes.String(name, values[0]);
        return values.Contains(value) ? value : throw _error($"its {name} is '{value}'; expected {string.Join(" or ", values.ToArray())}.");
    }

    private Dimension Whole(double extent) => extent <= int.MaxValue ? (int)extent : throw _error("its output would have an axis that is too long.");

    private Dimension Asked(int i) => _sizes[i].Value is < 0 or > int.MaxValue
        ? throw _error(string.Create(CultureInfo.InvariantCulture, $"its sizes ask for an extent of {_sizes[i].Value}."))
        : _sizes[i].ToDimension();

    /// <summary>The one scale of all axes when the ratio of the extents is to be kept; null when it is not, or not known.</summary>
    private double? CommonScale(ImmutableArray<Dimension> input)
    {
        if (_sizes.IsDefault || _policy == "stretch" || _axes.Length == 0 || _axes.Any(axis => input[axis].Value is null or 0) || _sizes.Any(size => size.Value is null))
        {
            return null;
        }

        var scales = _axes.Select((axis, i) => (double)_sizes[i].Value!.Value / input[axis].Value!.Value);
        return _policy == "not_larger" ? scales.Min() : scales.Max();
    }

    private AxisTaps Axis(int extent, int count, double scale, double width, (double Start, double End) region)
    {
        if (extent == 0 && count > 0)
        {
            throw _error("its input has no elements to make an output of.");
        }

        var taps = new IReadOnlyList<(int Place, double Weight)>?[count];
        for (int i = 0; i < count; i++)
        {
            double at = _transform switch
            {
                "align_corners" => width == 1 ? 0 : i * (extent - 1) / (width - 1),
                "asymmetric" => i / scale,
                "tf_crop_and_resize" => (region.Start * (extent - 1)) +
                    (width == 1 ? (region.End - region.Start) * (extent - 1) / 2 : i * (region.End - region.Start) * (extent - 1) / (width - 1)),
                "pytorch_half_pixel" when width == 1 => -0.5,
                _ => ((i + 0.5) / scale) - 0.5,
            };
            bool isOutside = _transform == "tf_crop_and_resize" && !(at >= 0 && at <= extent - 1);
            taps[i] = isOutside ? null : Around(at, extent, scale);
        }

        return new AxisTaps(extent, taps);
    }

    /// <summary>The elements around a place with their weights; places outside stand for the border, unless they are to be left out.</summary>
    private List<(int Place, double Weight)> Around(double at, int extent, double scale)
    {
        // The left neighbor is strictly before the place, so that the ratio is above 0 and at most 1.
        double left = Math.Ceiling(at) - 1;
        var weights = Weights(at - left, Math.Min(scale, 1));
        double first = left + 1 - (weights.Length / 2);
        bool cuts = _mode != "nearest" && _attributes.Int("exclude_outside", 0) == 1;
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = cuts && (first + i < 0 || first + i >= extent) ? 0 : weights[i];
            total += weights[i];
        }

        var taps = new List<(int Place, double Weight)>();
        for (int i = 0; i < weights.Length; i++)
        {
            int place = (int)Math.Clamp(first + i, 0, extent - 1);
            double weight = cuts ? weights[i] / total : weights[i];
            if (taps.Count > 0 && taps[^1].Place == place)
            {
                taps[^1] = (place, taps[^1].Weight + weight);
            }
            else if (weight != 0)
            {
                taps.Add((place, weight));
            }
        }

        return taps;
    }

    private double[] Weights(double ratio, double scale)
    {
        bool smooths = _mode != "nearest" && _attributes.Int("antialias", 0) == 1 && scale < 1;
        double a = _attributes.Float("cubic_coeff_a", -0.75f);
        if (smooths)
        {
            return Smoothed(ratio, scale, a);
        }

        switch (_mode)
        {
            case "nearest":
                bool isLeft = ratio < 1 && _nearest switch
                {
                    "round_prefer_floor" => ratio <= 0.5,
                    "round_prefer_ceil" => ratio < 0.5,
                    "floor" => true,
                    _ => false,
                };
                return isLeft ? [1, 0] : [0, 1];
            case "linear":
                return [1 - ratio, ratio];
            default:
                var (before, first, second, after) = Interpolation.Cubic(ratio, a);
                return [before, first, second, after];
        }
    }

    /// <summary>The kernel stretched over as many elements as fall together when an axis becomes shorter.</summary>
    private double[] Smoothed(double ratio, double scale, double a)
    {
        double reach = _mode == "linear" ? 1 : 2;
        int start = (int)Math.Floor(-reach / scale) + 1;
        var weights = new double[2 - (2 * start)];
        for (int i = 0; i < weights.Length; i++)
        {
            double distance = Math.Abs((start + i - ratio) * scale);
            weights[i] = _mode == "linear" ? Math.Max(0, 1 - distance) : Interpolation.CubicKernel(distance, a);
        }

        double total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }
}
