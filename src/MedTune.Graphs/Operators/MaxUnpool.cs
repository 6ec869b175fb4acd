using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Undoes MaxPool in part: every element of input 0 goes to the place in the output that input 1 names (counted over the whole output, as MaxPool counts), the rest is 0.
/// Without input 2, the output's shape, each axis has (count - 1) · stride + kernel - padding elements. Of elements with one place the last stays.
/// </summary>
internal sealed class MaxUnpool : Operator
{
    public override string Name => "MaxUnpool";

    public override int SinceOpset => 9;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var two = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 2L)).With("strides", ImmutableArray.Create(2L, 2L));
            var places = Tensor.Create(new Shape(1, 2, 2, 2), [5L, 6, 8, 15, 16, 19, 24, 31]);
            yield return new("two planes", Sample.Values(1, 1, 2, 2, 2), places) { Attributes = two };
            yield return new("padding, one axis", Sample.Values(2, 2, 1, 3), Tensor.Create(new Shape(2, 1, 3), [0L, 2, 3, 4, 5, 7]))
            {
                Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(3L)).With("strides", ImmutableArray.Create(1L)).With("pads", ImmutableArray.Create(0L, 1L)),
            };
            yield return new("shape given", Sample.Values(3, 1, 1, 2, 2), Tensor.Create(new Shape(1, 1, 2, 2), [6L, 8, 16, 18]), Tensor.Vector(1L, 1, 5, 5)) { Attributes = two };
        }
    }

    public override bool NeedsConstant(int input) => input == 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        context.Require(1, ElementType.Int64);
        if (!x.HasRank)
        {
            return [x];
        }

        if (context.Has(2))
        {
            context.Require(2, ElementType.Int64);
            return [x with { Dimensions = Given(context, x.Rank) }];
        }

        var windows = Windows.OfPool(context.Attributes, PoolOperator.SpatialAxes(x.Rank, context.Error), context.Error);
        return [x with { Dimensions = [.. x.Dimensions[..2], .. x.Dimensions[2..].Select((count, axis) => Extent(context, windows, axis, count))] }];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>Every element's gradient is that of the place it went to.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var places = build.Reshape(context.Input(1), -1);
        var gathered = build.GatherElements(build.Reshape(context.OutputGradient(), -1), places);
        context.Set(0, build.Reshape(gathered, build.Shape(context.Input(0))));
    }

    private static ImmutableArray<Dimension> Given(ShapeContext context, int rank)
    {
        var shape = context.Longs(2);
        return shape.IsDefault ? [.. Enumerable.Repeat(Dimension.Unknown, rank)]
            : shape.Length == rank && shape.All(extent => extent is >= 0 and <= int.MaxValue) ? [.. shape.Select(extent => Dimension.FromValue((int)extent))]
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its output shape must have {rank} extents."));
    }

    private static Dimension Extent(ShapeContext context, Windows windows, int axis, Dimension count)
    {
        if (count.Value is not int known)
        {
            return Dimension.Unknown;
        }

        var (begin, end) = windows.Pads(axis);
        long extent = ((known - 1L) * windows.Stride(axis)) + windows.Kernel[axis] - begin - end;
        return extent is >= 0 and <= int.MaxValue
            ? (int)extent
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its spatial axis {axis} would have {extent} elements."));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var places = new Indices(context, 1, y.Length);
        if (places.Length != x.Length)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"it has {places.Length} places for {x.Length} elements."));
        }

        return () =>
        {
            y.Span.Clear();
            for (int i = 0; i < x.Length; i++)
            {
                y[places[i]] = x[i];
            }
        };
    }
}
