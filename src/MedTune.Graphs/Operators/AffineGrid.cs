using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The grid that <see cref="GridSample"/> takes for an affine map: theta [N, 2, 3] (or [N, 3, 4]) applied to the places of an image whose shape [N, C, H, W]
/// (or [N, C, D, H, W]) is input 1, from -1 to 1 along each axis, x first. The shape must be known before the model runs.
/// </summary>
internal sealed class AffineGrid : Operator
{
    public override string Name => "AffineGrid";

    public override int SinceOpset => 20;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("two axes", Sample.Values(1, 2, 2, 3), Tensor.Vector(2L, 3, 4, 5));
            yield return new("two axes, corners", Sample.Values(2, 2, 2, 3), Tensor.Vector(2L, 1, 3, 1)) { Attributes = Attributes.None.With("align_corners", 1) };
            yield return new("three axes", Sample.Values(3, 1, 3, 4), Tensor.Vector(1L, 2, 2, 3, 4));
            yield return new("three axes, corners", Sample.Values(4, 2, 3, 4), Tensor.Vector(2L, 2, 3, 2, 2)) { Attributes = Attributes.None.With("align_corners", 1) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var theta = context.Require(0, ElementType.Float, ElementType.Double);
        context.Require(1, ElementType.Int64);
        var size = context.Longs(1);
        if (size.IsDefault)
        {
            return [new TensorType(theta.Element, default)];
        }

        int axes = size.Length - 2;
        bool fits = axes is 2 or 3 && size.All(extent => extent is >= 0 and <= int.MaxValue)
            && (!theta.HasRank || (theta.Rank == 3 && (theta.Dimensions[1].Value ?? axes) == axes && (theta.Dimensions[2].Value ?? axes + 1) == axes + 1 && (theta.Dimensions[0].Value ?? size[0]) == size[0]));
        return fits
            ? [new TensorType(theta.Element, [(int)size[0], .. size[2..].Select(extent => Dimension.FromValue((int)extent)), axes])]
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its matrices are {theta} and its shape is [{string.Join(", ", size)}]; [N, 2, 3] with [N, C, H, W], or [N, 3, 4] with [N, C, D, H, W], was expected."));
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) => context.Set(0, context.Builder.Append(
        "AffineGridGradient", [context.OutputGradient(), context.Input(0)], context.Attributes, InternalDomain));

    /// <summary>The places, a constant, times the matrices.</summary>
    public override ImmutableArray<Value> Expand(GraphBuilder builder, Node node)
    {
        var (theta, size) = (builder[node.Inputs[0]], builder.Known(node.Inputs[1]) as Tensor<long>);
        if (size is null)
        {
            return default;
        }

        int[] extents = [.. size.Values[2..].ToArray().Select(extent => (int)extent)];
        double[] places = Places(extents, node.Attributes.Int("align_corners", 0) == 1);
        var shape = new Shape(places.Length / (extents.Length + 1), extents.Length + 1);
        Tensor known = theta.Type.Element == ElementType.Double
            ? Tensor.Create(shape, places.AsSpan())
            : Tensor.Create<float>(shape, [.. places.Select(place => (float)place)]);
        var grid = builder.MatMul(builder.Constant(known, "places"), builder.Transpose(theta, 0, 2, 1));
        var full = builder.Constant(Tensor.Vector([size.Values[0], .. extents.Select(extent => (long)extent), extents.Length]), "shape");
        return [builder.Append("Reshape", [grid, full], outputName: node.Outputs[0])];
    }

    /// <summary>For every place of an image, row by row, its coordinates (the last axis first) and a 1.</summary>
    internal static double[] Places(ReadOnlySpan<int> extents, bool areCorners)
    {
        int axes = extents.Length, count = new Shape(extents).Length;
        var places = new double[count * (axes + 1)];
        for (int i = 0; i < count; i++)
        {
            int rest = i;
            for (int axis = axes - 1; axis >= 0; axis--)
            {
                (rest, int at) = Math.DivRem(rest, extents[axis]);
                places[(i * (axes + 1)) + axes - 1 - axis] = !areCorners ? (((2.0 * at) + 1) / extents[axis]) - 1
                    : extents[axis] > 1 ? (2.0 * at / (extents[axis] - 1)) - 1 : 0;
            }

            places[(i * (axes + 1)) + axes] = 1;
        }

        return places;
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var shape = context.OutputShape();
        int axes = shape[shape.Rank - 1];
        if (shape.Length == 0)
        {
            return () => { };
        }

        double[] places = Places(shape.Extents[1..^1], context.Attributes.Int("align_corners", 0) == 1);
        int count = places.Length / (axes + 1);
        var (theta, grid) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            for (int i = 0; i < grid.Length; i++)
            {
                (int place, int row) = Math.DivRem(i, axes);
                (int sample, int at) = Math.DivRem(place, count);
                T sum = T.Zero;
                for (int k = 0; k <= axes; k++)
                {
                    sum += theta[(((sample * axes) + row) * (axes + 1)) + k] * T.CreateTruncating(places[(at * (axes + 1)) + k]);
                }

                grid[i] = sum;
            }
        };
    }
}
