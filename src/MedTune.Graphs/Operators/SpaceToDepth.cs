using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>[N, C, H, W] to [N, C · b², H / b, W / b], b being the blocksize: a block of b × b pixels becomes the channels of one, ordered block, then depth.</summary>
internal sealed class SpaceToDepth : MovementOperator
{
    public override string Name => "SpaceToDepth";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var two = Attributes.None.With("blocksize", 2);
            yield return new("blocks of 2", Sample.Values(1, 2, 3, 4, 6)) { Attributes = two };
            yield return new("blocks of 3", Sample.Values(2, 1, 2, 3, 6)) { Attributes = Attributes.None.With("blocksize", 3) };
            yield return new("whole numbers", Sample.Longs(0, 99, 3, 1, 2, 2, 4)) { Attributes = two };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (x, block) = (context.Input(0), DepthToSpace.Block(context));
        if (!x.HasRank)
        {
            return [x with { Dimensions = [Dimension.Unknown, Dimension.Unknown, Dimension.Unknown, Dimension.Unknown] }];
        }

        DepthToSpace.RequireImages(context, x);
        return [x with
        {
            Dimensions =
            [
                x.Dimensions[0], DepthToSpace.Multiplied(context, x.Dimensions[1], block * block),
                DepthToSpace.Divided(context, x.Dimensions[2], block), DepthToSpace.Divided(context, x.Dimensions[3], block),
            ],
        }];
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("DepthToSpace", [context.OutputGradient()], context.Attributes));

    protected override Action Compile<T>(Places<T> places)
    {
        var shape = places.Context.InputShape(0);
        int block = (int)places.Context.Attributes.Int("blocksize", 1);
        var (channels, height, width) = (shape[1], shape[2], shape[3]);
        int plane = height * width;
        var copy = StridedCopy.For(
            [shape[0], block, block, channels, height / block, width / block],
            [channels * plane, width, 1, plane, block * width, block],
            0);
        var (x, y) = (places.Input(), places.Output());
        return () => copy.Gather(x(), y());
    }
}
