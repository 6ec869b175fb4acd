using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The input with other extents, each element of the output interpolated between elements of the input (nearest, linear or cubic). Inputs: x, the
/// region of interest (for tf_crop_and_resize only), and scales or sizes. One linear map per axis, whose transposes are the gradient.
/// </summary>
internal sealed class Resize : Operator
{
    public override string Name => "Resize";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            foreach (string mode in new[] { "nearest", "linear", "cubic" })
            {
                var attributes = Attributes.None.With("mode", mode);
                foreach (string transform in new[] { "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric" })
                {
                    var with = attributes.With("coordinate_transformation_mode", transform);
                    yield return Scales($"{mode}, {transform}, larger", with, Sample.Values(1, 1, 2, 3, 4), 1, 1, 2.5f, 2);
                    yield return Scales($"{mode}, {transform}, smaller", with, Sample.Values(2, 1, 2, 5, 6), 1, 1, 0.6f, 0.4f);
                    yield return Sizes($"{mode}, {transform}, sizes", with, Sample.Values(3, 1, 1, 4, 3), 1, 1, 1, 7);
                }

                yield return Scales($"{mode}, smoothed", attributes.With("antialias", 1), Sample.Values(4, 1, 1, 7, 6), 1, 1, 0.4f, 1.5f);
                yield return Scales($"{mode}, nothing outside", attributes.With("exclude_outside", 1), Sample.Values(5, 1, 1, 4, 5), 1, 1, 2, 0.8f);
                var crop = attributes.With("coordinate_transformation_mode", "tf_crop_and_resize").With("extrapolation_value", 2.5f);
                yield return Sizes($"{mode}, region", crop, Sample.Values(6, 1, 1, 4, 4), [0, 0, 0.25f, 0.5f, 1, 1, 1.25f, 0.75f], 1, 1, 5, 3);
                yield return Scales($"{mode}, three axes", attributes.With("axes", ImmutableArray.Create(2L, -1L)), Sample.Values(7, 2, 1, 2, 2, 3), 2, 1.5f);
            }

            foreach (string nearest in new[] { "round_prefer_ceil", "floor", "ceil" })
            {
                yield return Scales(nearest, Attributes.None.With("nearest_mode", nearest), Sample.Values(8, 1, 1, 3, 5), 1, 1, 2, 0.6f);
            }

            var linear = Attributes.None.With("mode", "linear").With("axes", ImmutableArray.Create(2L, 3L));
            yield return Sizes("not larger", linear.With("keep_aspect_ratio_policy", "not_larger"), Sample.Values(9, 1, 1, 3, 4), 5, 5);
            yield return Sizes("not smaller", linear.With("keep_aspect_ratio_policy", "not_smaller"), Sample.Values(10, 1, 1, 3, 4), 5, 5);
            yield return Scales("other coefficient", Attributes.None.With("mode", "cubic").With("cubic_coeff_a", -0.5f), Sample.Values(11, 1, 1, 4, 4), 1, 1, 1.5f, 0.75f);
            yield return Scales("vector", Attributes.None.With("mode", "linear"), Sample.Values(12, 5), 1.6f);
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [Infer(context, 0, 1)];

    public override Action Compile(KernelContext context)
    {
        var shape = context.InputShape(0);
        var taps = Taps(context, shape, context.OutputShape(), 1);
        float filler = context.Attributes.Float("extrapolation_value", 0);
        return context.ElementOf(0) switch
        {
            ElementType.Float => AxisPasses.Forward(context, shape, taps, context.Input<float>(0), context.Output<float>(), filler),
            ElementType.Double => AxisPasses.Forward(context, shape, taps, context.Input<double>(0), context.Output<double>(), filler),
            var other => throw context.Unsupported(other),
        };
    }

    public override void Gradient(GradientContext context) => context.Set(0, context.Builder.Append(
        "ResizeGradient",
        [context.OutputGradient(), context.Input(0), .. Enumerable.Range(1, context.InputCount - 1).Select(i => context.Has(i) ? context.Input(i) : default)],
        context.Attributes,
        InternalDomain));

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        if (node.OpType == "Upsample" || opset < 11)
        {
            return FromOlder(node, builder);
        }

        // An empty list says that an input is left out, which today is said by no name.
        var inputs = node.Inputs.Select((input, i) => i > 0 && input.Length > 0 && builder.Known(input) is { Length: 0 } ? string.Empty : input).ToImmutableArray();
        bool crops = node.Attributes.String("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize";
        inputs = crops || inputs.Length < 2 ? inputs : inputs.SetItem(1, string.Empty);
        string transform = node.Attributes.String("coordinate_transformation_mode", "half_pixel");
        bool isExact = inputs.Length > 3 && inputs[3].Length > 0 && node.Attributes.String("keep_aspect_ratio_policy", "stretch") == "stretch";
        var attributes = transform switch
        {
            "tf_half_pixel_for_nn" => HalfPixel(node),

            // With sizes the output is as long as its scale says, and then this mode is half_pixel.
            "half_pixel_symmetric" when isExact => node.Attributes.With("coordinate_transformation_mode", "half_pixel"),
            "half_pixel_symmetric" => throw new InvalidGraphException(NodeErrors.Sentence(
                node, "its coordinate_transformation_mode is half_pixel_symmetric, which only operator sets from 19 on have; models are kept in set 18. Export it with half_pixel.")),
            _ => node.Attributes,
        };
        return node with { Inputs = inputs, Attributes = attributes };
    }

    /// <summary>The type of the output when x is at one input and roi, scales and sizes start at another.</summary>
    internal static TensorType Infer(ShapeContext context, int x, int rest)
    {
        var type = context.Require(x, ElementType.Float, ElementType.Double);
        if (!type.HasRank)
        {
            return type;
        }

        bool needsRegion = context.Attributes.String("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize";
        bool hasSizes = context.Has(rest + 2);
        var sizes = context.Elements(rest + 2);
        bool isKnown = hasSizes ? !sizes.IsDefault : !context.Has(rest + 1) || context.Constant(rest + 1) is not null;
        if (!isKnown || (needsRegion && context.Has(rest) && context.Constant(rest) is null))
        {
            return new TensorType(type.Element, [.. Enumerable.Repeat(Dimension.Unknown, type.Rank)]);
        }

        var resizing = new Resizing(context.Attributes, type.Rank, context.Constant(rest + 1), sizes, context.Constant(rest), context.Error);
        return new TensorType(type.Element, resizing.Extents(type.Dimensions));
    }

    /// <summary>The map along every axis of x.</summary>
    internal static AxisTaps[] Taps(KernelContext context, Shape x, Shape y, int rest)
    {
        ImmutableArray<ShapeElement> sizes = context.Has(rest + 2) ? [.. context.Longs(rest + 2).Select(size => new ShapeElement(size, null))] : default;
        bool isKnown = Enumerable.Range(rest, 2).All(input => !context.Has(input) || context.Constant(input) is not null);
        return isKnown
            ? new Resizing(context.Attributes, x.Rank, context.Constant(rest + 1), sizes, context.Constant(rest), context.Error).Taps(x, y)
            : throw context.Error("its scales must be known before the model runs; they depend on the data.");
    }

    /// <summary>A mode of set 11 whose places lie half an element after those of half_pixel, in terms of the latter.</summary>
    private static Attributes HalfPixel(Node node)
    {
        string? rounding = node.Attributes.String("mode", "nearest") != "nearest" ? null : node.Attributes.String("nearest_mode", "round_prefer_floor") switch
        {
            "round_prefer_floor" => "ceil",
            "floor" => "round_prefer_ceil",
            _ => null,
        };
        return rounding is null
            ? throw new InvalidGraphException(NodeErrors.Sentence(node, "it has the coordinate_transformation_mode tf_half_pixel_for_nn but does not round to the floor. Export it with half_pixel."))
            : node.Attributes.With("coordinate_transformation_mode", "half_pixel").With("nearest_mode", rounding);
    }

    /// <summary>Upsample, and Resize of set 10: scales alone, and elements that start at the same corner.</summary>
    private static Node FromOlder(Node node, GraphBuilder builder)
    {
        string scales = node.Attributes.Floats("scales") is { IsDefault: false } listed
            ? builder.Constant(Tensor.Create(new Shape(listed.Length), listed.AsSpan()), "scales").Name
            : node.Inputs.Length > 1 ? node.Inputs[1] : string.Empty;
        var attributes = node.Attributes.Without("scales").With("coordinate_transformation_mode", "asymmetric").With("nearest_mode", "floor");

        // The program that defined set 10 took the next element when an axis gets shorter.
        if (node.OpType == "Resize" && builder.Known(scales) is Tensor<float> known && known.Values.ToArray().Any(scale => scale < 1))
        {
            attributes = attributes.With("nearest_mode", "ceil");
            if (attributes.String("mode", "nearest") == "nearest" && known.Values.ToArray().Any(scale => scale > 1))
            {
                throw new InvalidGraphException(NodeErrors.Sentence(
                    node, "it makes one axis longer and another one shorter by the rule of operator set 10. Export it with operator set 11 or later."));
            }
        }

        return node with { OpType = "Resize", Inputs = [node.Inputs[0], string.Empty, scales], Attributes = attributes };
    }

    private static OperatorCase Scales(string name, Attributes attributes, Tensor<float> x, params float[] scales) =>
        new(name, x, null, Tensor.Vector(scales)) { Attributes = attributes, ConstantInputs = [2], GradientInputs = [0], FloatTolerance = 1e-5 };

    private static OperatorCase Sizes(string name, Attributes attributes, Tensor<float> x, params long[] sizes) =>
        new(name, x, null, null, Tensor.Vector(sizes)) { Attributes = attributes, GradientInputs = [0], FloatTolerance = 1e-5 };

    private static OperatorCase Sizes(string name, Attributes attributes, Tensor<float> x, float[] region, params long[] sizes) =>
        new(name, x, Tensor.Vector(region), null, Tensor.Vector(sizes)) { Attributes = attributes, ConstantInputs = [1], GradientInputs = [0], FloatTolerance = 1e-5 };
}
