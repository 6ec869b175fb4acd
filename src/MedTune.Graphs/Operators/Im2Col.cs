using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Takes images (input 0) apart into blocks of the shape of input 2, as columns of the shape of input 1: the gradient of <see cref="Col2Im"/>.</summary>
internal sealed class Im2Col : Operator
{
    public override string Name => "Im2Col";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("overlapping", Sample.Values(1, 2, 2, 3, 4), Sample.Values(2, 2, 8, 6), Tensor.Vector(2L, 2));
            yield return new("padding, strides", Sample.Values(3, 1, 1, 5, 4), Sample.Values(4, 1, 9, 6), Tensor.Vector(3L, 3))
            {
                Attributes = Attributes.None.With("pads", (long[])[1, 1, 1, 1]).With("strides", (long[])[2, 2]),
            };
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override bool NeedsConstant(int input) => input == 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(2, ElementType.Int64);
        context.RequireSame(1, 0);
        return [context.Input(1)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        int rank = context.Input(0).Type.HasRank ? context.Input(0).Type.Rank : throw context.Error("its image's number of axes must be known.");
        context.Set(0, build.Append("Col2Im", [context.OutputGradient(), build.Shape(context.Input(0), 2, rank), context.Input(2)], context.Attributes));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged
    {
        var image = context.InputShape(0);
        var rows = Col2Im.Blocks(context.Attributes, image.Extents[2..].ToArray().Select(extent => (long)extent), context.Longs(2), context.Error);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Chunks.Each(
            context.Pool,
            image[0] * image[1],
            plane =>
            {
                for (int tap = 0; tap < rows.Taps; tap++)
                {
                    rows.Read<T>(x.Span.Slice(plane * rows.Plane, rows.Plane), tap, 0, y.Span.Slice(((plane * rows.Taps) + tap) * rows.Windows, rows.Windows));
                }
            },
            rows.Windows * rows.Taps);
    }
}
