using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What pooling over windows shares: [N, C, spatial...] gives [N, C, windows...], each plane on its own.</summary>
internal abstract class PoolOperator : Operator
{
    public override int MinimumInputs => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double);
        if (!type.HasRank)
        {
            return [.. Types(type)];
        }

        var windows = Windows.OfPool(context.Attributes, SpatialAxes(type.Rank, context.Error), context.Error);
        return [.. Types(new TensorType(
            type.Element,
            [.. type.Dimensions[..2], .. type.Dimensions[2..].Select((dimension, axis) => windows.Count(axis, dimension))]))];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>The number of axes behind samples and channels.</summary>
    internal static int SpatialAxes(int rank, Func<string, InvalidGraphException> error) => rank >= 3
        ? rank - 2
        : throw error("its input must have samples, channels and at least one spatial axis.");

    /// <summary>Where the windows of a node lie in each plane of its input.</summary>
    internal static WindowTaps Taps(KernelContext context, Shape shape)
    {
        var windows = Windows.OfPool(context.Attributes, shape.Rank - 2, context.Error);
        int[] extents = shape.Extents[2..].ToArray();
        var fits = extents.Select((extent, axis) => windows.Fit(axis, extent)).ToArray();
        return windows.Taps(extents, [.. fits.Select(fit => fit.Count)], [.. fits.Select(fit => fit.Begin)]);
    }

    /// <summary>The number of planes.</summary>
    internal static int Planes(Shape shape) => shape[0] * shape[1];

    /// <summary>The outputs' types from that of the first.</summary>
    protected virtual IEnumerable<TensorType> Types(TensorType first) => [first];

    /// <summary>The forward.</summary>
    protected abstract Action Compile<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>;

    /// <summary>One, two and three spatial axes; padding, strides and the rounding of their number.</summary>
    protected static IEnumerable<OperatorCase> PoolCases()
    {
        var two = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 2L));
        yield return new("one axis", Distinct(2, 3, 7)) { Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(3L)) };
        yield return new("strides", Distinct(1, 2, 5, 5)) { Attributes = two.With("strides", ImmutableArray.Create(2L, 2L)) };
        yield return new("rounded up", Distinct(1, 2, 5, 6)) { Attributes = two.With("strides", ImmutableArray.Create(2L, 3L)).With("ceil_mode", 1) };
        yield return new("padding", Distinct(2, 1, 4, 5)) { Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(3L, 2L)).With("pads", ImmutableArray.Create(1L, 0L, 2L, 1L)) };
        yield return new("same, upper", Distinct(1, 2, 5, 4)) { Attributes = two.With("auto_pad", "SAME_UPPER").With("strides", ImmutableArray.Create(2L, 1L)) };
        yield return new("same, lower", Distinct(1, 2, 4, 5)) { Attributes = two.With("auto_pad", "SAME_LOWER") };
        yield return new("dilations", Distinct(1, 2, 6, 6)) { Attributes = two.With("dilations", ImmutableArray.Create(2L, 3L)) };
        yield return new("three axes", Distinct(1, 2, 3, 4, 4)) { Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 3L, 2L)).With("strides", ImmutableArray.Create(1L, 1L, 2L)) };
    }

    /// <summary>Different values in a mixed order, so that no two tie for the largest.</summary>
    protected static Tensor<float> Distinct(params ReadOnlySpan<int> extents)
    {
        var tensor = new Tensor<float>(new Shape(extents));
        for (int i = 0; i < tensor.Length; i++)
        {
            tensor.Values[i] = (((i * 37L) % 1009) - 400) / 128f;
        }

        return tensor;
    }
}
