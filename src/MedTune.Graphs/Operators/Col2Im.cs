using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Puts blocks together to images: columns [N, C · elements of a block, blocks] are added up at the places of the blocks in [N, C, image_shape...]
/// (input 1; the block's shape is input 2). Both shapes must be known before the model runs.
/// </summary>
internal sealed class Col2Im : Operator
{
    public override string Name => "Col2Im";

    public override int SinceOpset => 18;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("side by side", Sample.Values(1, 1, 5, 5), Tensor.Vector(5L, 5), Tensor.Vector(1L, 5));
            yield return new("overlapping", Sample.Values(2, 2, 8, 6), Tensor.Vector(3L, 4), Tensor.Vector(2L, 2));
            yield return new("strides", Sample.Values(3, 1, 9, 4), Tensor.Vector(5L, 5), Tensor.Vector(3L, 3)) { Attributes = With("strides", 2, 2) };
            yield return new("padding", Sample.Values(4, 1, 5, 15), Tensor.Vector(5L, 5), Tensor.Vector(1L, 5)) { Attributes = With("pads", 0, 1, 0, 1) };
            yield return new("dilations", Sample.Values(5, 1, 4, 5), Tensor.Vector(6L, 6), Tensor.Vector(2L, 2)) { Attributes = With("dilations", 1, 5) };
            yield return new("three axes", Sample.Values(6, 1, 10, 12), Tensor.Vector(3L, 4, 5), Tensor.Vector(1L, 1, 5)) { Attributes = Attributes.None };
            yield return new("many planes", Sample.Values(7, 4, 72, 900), Tensor.Vector(32L, 32), Tensor.Vector(3L, 3)) { HasGolden = false };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        context.Require(1, ElementType.Int64);
        context.Require(2, ElementType.Int64);
        if (!x.HasRank)
        {
            return [x];
        }

        if (x.Rank != 3)
        {
            throw context.Error("its input must have samples, elements of blocks and blocks.");
        }

        var (image, block) = (context.Longs(1), context.Longs(2));
        if (image.IsDefault || block.IsDefault)
        {
            return [new TensorType(x.Element, default)];
        }

        var rows = Blocks(context.Attributes, image, block, context.Error);
        if (x.Dimensions[1].Value % rows.Taps is > 0 || (x.Dimensions[2].Value is int blocks && blocks != rows.Windows))
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input is {x}; {rows.Windows} blocks of {rows.Taps} elements fit its image."));
        }

        return [new TensorType(x.Element, [x.Dimensions[0], x.Dimensions[1].Value is int rest ? rest / rows.Taps : Dimension.Unknown, .. image.Select(extent => Dimension.FromValue((int)extent))])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) => context.Set(0, context.Builder.Append(
        "Im2Col", [context.OutputGradient(), context.Input(0), context.Input(2)], context.Attributes, InternalDomain));

    /// <summary>Where blocks lie in an image.</summary>
    internal static WindowRows Blocks(Attributes attributes, IEnumerable<long> image, IEnumerable<long> block, Func<string, InvalidGraphException> error)
    {
        long[] extents = [.. image];
        long[] kernel = [.. block];
        if (kernel.Length != extents.Length || extents.Concat(kernel).Any(extent => extent is < 1 or > int.MaxValue))
        {
            throw error("its shapes of image and block must have as many extents, each at least 1.");
        }

        var windows = new Windows(attributes, [.. kernel.Select(extent => (int)extent)], error);
        var fits = extents.Select((extent, axis) => windows.Fit(axis, (int)extent)).ToArray();
        return new WindowRows(windows, [.. extents.Select(extent => (int)extent)], [.. fits.Select(fit => fit.Count)], [.. fits.Select(fit => fit.Begin)]);
    }

    private static Attributes With(string name, params long[] values) => Attributes.None.With(name, values);

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var rows = Blocks(context.Attributes, context.Longs(1), context.Longs(2), context.Error);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Chunks.Each(
            context.Pool,
            context.OutputShape()[0] * context.OutputShape()[1],
            plane =>
            {
                var image = y.Span.Slice(plane * rows.Plane, rows.Plane);
                image.Clear();
                for (int tap = 0; tap < rows.Taps; tap++)
                {
                    rows.Add<T>(x.Span.Slice(((plane * rows.Taps) + tap) * rows.Windows, rows.Windows), tap, 0, image);
                }
            },
            rows.Windows * rows.Taps);
    }
}
