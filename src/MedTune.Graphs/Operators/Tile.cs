using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The input repeated along each axis as often as the second input says.</summary>
internal sealed class Tile : MovementOperator
{
    public override string Name => "Tile";

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("both axes", Sample.Values(1, 3, 2), Tensor.Vector(2L, 3L));
            yield return new("rows", Sample.Values(2, 3, 2), Tensor.Vector(4L, 1L));
            yield return new("columns", Sample.Values(3, 3, 2), Tensor.Vector(1L, 4L));
            yield return new("none", Sample.Values(4, 3, 2), Tensor.Vector(0L, 1L));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64);
        var input = context.Input(0);
        if (!input.HasRank)
        {
            return [input];
        }

        var repeats = context.Longs(1);
        if (repeats.IsDefault)
        {
            return [new TensorType(input.Element, [.. Enumerable.Repeat(Dimension.Unknown, input.Rank)])];
        }

        if (repeats.Length != input.Rank)
        {
            throw context.Error($"it has {repeats.Length} counts of repeats for the {input.Rank} axes of its input.");
        }

        return [new TensorType(input.Element, [.. input.Dimensions.Select((dimension, axis) => Times(context, dimension, repeats[axis]))])];
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("TileGradient", [context.OutputGradient(), context.Input(0), context.Input(1)], domain: InternalDomain));

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        // Until set 5 there were a number of repeats and the axis they went along, both scalars of the input's type.
        if (opset >= 6 || node.Inputs.Length != 3)
        {
            return node;
        }

        if (builder[node.Inputs[0]].Type is not { HasRank: true } type || Whole(builder, node, 1) is not long repeats || Whole(builder, node, 2) is not long axis || axis < 0 || axis >= type.Rank)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "in the form of operator set 1 its repeats and its axis must be constants that fit its input."));
        }

        var counts = new long[type.Rank];
        Array.Fill(counts, 1);
        counts[axis] = repeats;
        return node with { Inputs = [node.Inputs[0], builder.Constant(Tensor.Vector(counts), "repeats").Name] };
    }

    private static long? Whole(GraphBuilder builder, Node node, int input) => builder.Known(node.Inputs[input]) switch
    {
        Tensor<float> { Length: 1 } number => (long)number.Values[0],
        Tensor<double> { Length: 1 } number => (long)number.Values[0],
        Tensor<long> { Length: 1 } number => number.Values[0],
        Tensor<int> { Length: 1 } number => number.Values[0],
        _ => null,
    };

    /// <summary>The walk over the input in the order of the output.</summary>
    internal static StridedCopy Walk(Shape input, Shape output)
    {
        // Every axis becomes two: the repeats, which go nowhere, and the axis itself.
        int[] own = StridedCopy.Strides(input);
        var extents = new int[2 * input.Rank];
        var strides = new int[2 * input.Rank];
        for (int axis = 0; axis < input.Rank; axis++)
        {
            extents[2 * axis] = input[axis] == 0 ? 0 : output[axis] / input[axis];
            extents[(2 * axis) + 1] = input[axis];
            strides[(2 * axis) + 1] = own[axis];
        }

        return StridedCopy.For(extents, strides, 0);
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var walk = Walk(places.Context.InputShape(0), places.Context.OutputShape());
        var (x, y) = (places.Input(), places.Output());
        return () => walk.Gather(x(), y());
    }

    private static Dimension Times(ShapeContext context, Dimension dimension, long repeats)
    {
        if (repeats < 0)
        {
            throw context.Error("it has a negative count of repeats.");
        }

        if (dimension.Value is not int extent)
        {
            return repeats == 1 ? dimension : repeats == 0 ? 0 : Dimension.Unknown;
        }

        return extent == 0 || repeats <= int.MaxValue / extent
            ? (int)(extent * Math.Min(repeats, int.MaxValue))
            : throw context.Error($"it makes an axis of more than {int.MaxValue} elements.");
    }
}
