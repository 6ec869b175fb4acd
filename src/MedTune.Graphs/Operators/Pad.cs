using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The first input with elements put around it, or taken off where a count of the second is negative. What is put there follows <c>mode</c>:
/// a constant (input 2, or 0), the nearest element (<c>edge</c>), or the elements mirrored at the border element (<c>reflect</c>).
/// </summary>
internal sealed class Pad : MovementOperator
{
    public override string Name => "Pad";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("zeros", Sample.Values(1, 3, 4), List(1, 0, 2, 3));
            yield return new("constant", Sample.Values(2, 3, 4), List(0, 2, 1, 1), Tensor.Scalar(1.5f));
            yield return new("cut off", Sample.Values(3, 3, 4), List(-1, 1, 0, -2));
            yield return new("named axis", Sample.Values(4, 3, 4), List(2, 1), null, List(-1));
            yield return new("edge", Sample.Values(5, 2, 3, 4), List(0, 2, 1, 1, 0, 3)) { Attributes = Mode("edge") };
            yield return new("reflect", Sample.Values(6, 2, 3, 4), List(0, 2, 1, 0, 1, 3)) { Attributes = Mode("reflect") };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        string mode = context.Attributes.String("mode", "constant");
        if (mode is not ("constant" or "edge" or "reflect"))
        {
            throw context.Error($"its mode is '{mode}'; supported are constant, edge and reflect.");
        }

        context.Require(1, ElementType.Int64);
        if (context.Has(2))
        {
            context.RequireSame(2, 0);
        }

        var input = context.Input(0);
        if (!input.HasRank)
        {
            return [input];
        }

        var (pads, axes) = (context.Longs(1), context.Longs(3));
        if (pads.IsDefault || (context.Has(3) && axes.IsDefault))
        {
            return [new TensorType(input.Element, [.. Enumerable.Repeat(Dimension.Unknown, input.Rank)])];
        }

        axes = axes.IsDefault ? [.. Enumerable.Range(0, input.Rank).Select(axis => (long)axis)] : axes;
        _ = Axes.Flags(context, axes, input.Rank);
        if (pads.Length != 2 * axes.Length)
        {
            throw context.Error($"it has {pads.Length} counts for {axes.Length} axes; two for each axis were expected.");
        }

        var dimensions = input.Dimensions;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = context.Axis(axes[i], input.Rank);
            dimensions = dimensions.SetItem(axis, Padded(context, dimensions[axis], pads[i], pads[i + axes.Length]));
        }

        return [new TensorType(input.Element, dimensions)];
    }

    public override void Gradient(GradientContext context)
    {
        var gradient = context.OutputGradient();
        var dx = context.Builder.Append(
            "PadGradient",
            [gradient, context.Input(0), context.Input(1), context.Has(3) ? context.Input(3) : default],
            Mode(context.Attributes.String("mode", "constant")),
            InternalDomain);
        context.Set(0, dx);
        if (context.Needs(2))
        {
            // Everything that does not come from an element comes from the constant; other modes do not look at it.
            var builder = context.Builder;
            var rest = builder.Append("Sub", [builder.ReduceSum(gradient, keepDimensions: false), builder.ReduceSum(dx, keepDimensions: false)]);
            bool isConstant = context.Attributes.String("mode", "constant") == "constant";
            context.Set(2, isConstant ? builder.Reshape(rest, builder.Shape(context.Input(2))) : builder.ZerosLike(context.Input(2)));
        }
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        if (opset >= 11)
        {
            return node;
        }

        string name = opset == 1 ? "paddings" : "pads";
        var padded = Axes.ToInput(node, name, 1, builder);
        var value = builder.Constant(Tensor.Scalar(node.Attributes.Float("value", 0)), "value");
        return padded with { Inputs = padded.Inputs.Add(value.Name), Attributes = padded.Attributes.Without("value") };
    }

    /// <summary>For every element of the padded tensor, the place of the element it copies, or -1 for the constant.</summary>
    internal static int[] Sources(KernelContext context, Shape input, Shape output, int padsInput, int axesInput)
    {
        long[] pads = context.Longs(padsInput);
        long[] axes = context.Has(axesInput) ? context.Longs(axesInput) : [.. Enumerable.Range(0, input.Rank).Select(axis => (long)axis)];
        var begins = new long[input.Rank];
        for (int i = 0; i < axes.Length; i++)
        {
            begins[axes[i] < 0 ? axes[i] + input.Rank : axes[i]] = pads[i];
        }

        return Sources(context, input, output, begins, context.Attributes.String("mode", "constant"));
    }

    /// <summary>The same from the number of elements put before each axis, negative where they are taken off.</summary>
    internal static int[] Sources(KernelContext context, Shape input, Shape output, ReadOnlySpan<long> begins, string mode)
    {
        int[] strides = StridedCopy.Strides(input);
        int[] own = StridedCopy.Strides(output);
        var sources = new int[output.Length];
        for (int axis = 0; axis < input.Rank; axis++)
        {
            for (int i = 0; i < sources.Length; i++)
            {
                int place = Place((i / own[axis] % output[axis]) - begins[axis], input[axis], mode);
                if (place < 0 && mode != "constant")
                {
                    throw context.Error("it has no element to repeat along an axis.");
                }

                sources[i] = place < 0 || sources[i] < 0 ? -1 : sources[i] + (place * strides[axis]);
            }
        }

        return sources;
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        int[] sources = Sources(context, context.InputShape(0), context.OutputShape(), 1, 3);
        var (x, y) = (places.Input(), places.Output());
        var constant = context.Has(2) ? places.Input(2) : null;
        var zero = typeof(T) == typeof(string) ? (T)(object)string.Empty : default!;
        return () =>
        {
            Span<T> source = x();
            Span<T> destination = y();
            T filler = constant is null ? zero : constant()[0];
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = sources[i] < 0 ? filler : source[sources[i]];
            }
        };
    }

    private static int Place(long place, int extent, string mode)
    {
        if ((place >= 0 && place < extent) || extent == 0 || mode == "constant")
        {
            return place >= 0 && place < extent ? (int)place : -1;
        }

        if (mode == "edge")
        {
            return (int)Math.Clamp(place, 0, extent - 1L);
        }

        long period = Math.Max(1, 2 * (extent - 1L));
        long within = ((place % period) + period) % period;
        return (int)Math.Min(within, period - within) % extent;
    }

    private static Dimension Padded(ShapeContext context, Dimension dimension, long begin, long end)
    {
        if (dimension.Value is not int extent)
        {
            return begin == 0 && end == 0 ? dimension : Dimension.Unknown;
        }

        bool isSmall = Math.Max(begin, end) <= int.MaxValue && Math.Min(begin, end) >= -int.MaxValue;
        long padded = isSmall ? extent + begin + end : -1;
        return padded is >= 0 and <= int.MaxValue
            ? (int)padded
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"it makes an axis of less than 0 or more than {int.MaxValue} elements."));
    }

    private static Attributes Mode(string mode) => Attributes.None.With("mode", mode);

    private static Tensor<long> List(params long[] values) => Tensor.Vector(values);
}
