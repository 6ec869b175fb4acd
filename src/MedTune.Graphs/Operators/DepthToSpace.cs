using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>
/// [N, C, H, W] to [N, C / b², H · b, W · b], b being the blocksize: the channels of a pixel become a block of b × b pixels. Channels are ordered
/// block, then depth (mode DCR, the default) or depth, then block (CRD).
/// </summary>
internal sealed class DepthToSpace : MovementOperator
{
    public override string Name => "DepthToSpace";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var two = Attributes.None.With("blocksize", 2);
            yield return new("block first", Sample.Values(1, 2, 8, 2, 3)) { Attributes = two };
            yield return new("depth first", Sample.Values(2, 2, 8, 2, 3)) { Attributes = two.With("mode", "CRD") };
            yield return new("blocks of 3", Sample.Values(3, 1, 9, 2, 1)) { Attributes = Attributes.None.With("blocksize", 3) };
            yield return new("whole numbers", Sample.Longs(0, 99, 4, 1, 4, 2, 2)) { Attributes = two };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (x, block) = (context.Input(0), Block(context));
        if (!x.HasRank)
        {
            return [x with { Dimensions = [Dimension.Unknown, Dimension.Unknown, Dimension.Unknown, Dimension.Unknown] }];
        }

        RequireImages(context, x);
        return [x with
        {
            Dimensions =
            [
                x.Dimensions[0], Divided(context, x.Dimensions[1], block * block), Multiplied(context, x.Dimensions[2], block), Multiplied(context, x.Dimensions[3], block),
            ],
        }];
    }

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        long block = context.Attributes.Int("blocksize", 1);
        var back = build.Append("SpaceToDepth", [context.OutputGradient()], Attributes.None.With("blocksize", block));
        if (IsDepthFirst(context.Attributes))
        {
            // SpaceToDepth orders the channels block, then depth.
            var x = context.Input(0);
            if (!x.Type.HasRank || x.Type.Dimensions[1].Value is not int channels)
            {
                throw context.Error("its number of channels is not known; its gradient in mode CRD needs it.");
            }

            var swapped = build.Transpose(build.Reshape(back, 0, block * block, channels / (block * block), -1), 0, 2, 1, 3);
            back = build.Reshape(swapped, build.Shape(x));
        }

        context.Set(0, back);
    }

    /// <summary>The blocksize.</summary>
    internal static int Block(ShapeContext context)
    {
        long block = context.Attributes.Int("blocksize", 0);
        return block is >= 1 and <= 1024 ? (int)block : throw context.Error("its attribute 'blocksize' must be a whole number from 1 to 1024.");
    }

    /// <summary>Refuses what is not [N, C, H, W].</summary>
    internal static void RequireImages(ShapeContext context, TensorType x)
    {
        if (x.Rank != 4)
        {
            throw context.Error($"its input is {x}; four axes were expected (samples, channels, height, width).");
        }
    }

    /// <summary>An extent over a factor of it.</summary>
    internal static Dimension Divided(ShapeContext context, Dimension extent, int factor) => extent.Value is not int known ? Dimension.Unknown
        : known % factor == 0 ? known / factor
        : throw context.Error($"its input has an extent of {extent}, which must be a multiple of {factor}.");

    /// <summary>An extent times a factor.</summary>
    internal static Dimension Multiplied(ShapeContext context, Dimension extent, int factor)
    {
        long? product = extent.Value * (long)factor;
        return product is null ? Dimension.Unknown
            : product <= int.MaxValue ? (int)product
            : throw context.Error($"an extent of {extent} times {factor} is more than a value can have.");
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var shape = places.Context.InputShape(0);
        int block = (int)places.Context.Attributes.Int("blocksize", 1);
        var (height, width) = (shape[2], shape[3]);
        int depth = shape[1] / (block * block);
        int plane = height * width;
        bool isDepthFirst = IsDepthFirst(places.Context.Attributes);
        int depthStep = isDepthFirst ? block * block * plane : plane;
        int blockStep = isDepthFirst ? plane : depth * plane;
        var copy = StridedCopy.For(
            [shape[0], depth, height, block, width, block],
            [shape[1] * plane, depthStep, width, block * blockStep, 1, blockStep],
            0);
        var (x, y) = (places.Input(), places.Output());
        return () => copy.Gather(x(), y());
    }

    private static bool IsDepthFirst(Attributes attributes) => attributes.String("mode", "DCR") == "CRD";
}
