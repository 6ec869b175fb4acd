using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What Softmax, LogSoftmax and their gradients share: rows along one axis (attribute axis, the last by default), each mapped as a whole.</summary>
internal abstract class SoftmaxOperator : Operator
{
    public override int MinimumInputs => 1;

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double);
        if (type.HasRank)
        {
            context.Axis(context.Attributes.Int("axis", -1), Math.Max(1, type.Rank));
        }

        return [type];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, MapRow),
        ElementType.Double => Compile<double>(context, MapRow),
        var other => throw context.Unsupported(other),
    };

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        if (opset >= 13 || !builder.Has(node.Inputs[0]))
        {
            return node;
        }

        // Until set 12 the axes from the attribute on (1 by default) were taken together as one.
        var x = builder[node.Inputs[0]];
        long axis = node.Attributes.Int("axis", 1);
        if (x.Type.HasRank && (axis < 0 ? axis + x.Type.Rank : axis) == x.Type.Rank - 1)
        {
            return node with { Attributes = node.Attributes.With("axis", axis) };
        }

        var flat = builder.Append("Flatten", [x], Attributes.None.With("axis", axis));
        var mapped = builder.Append(Name, [flat], Attributes.None.With("axis", -1L));
        var shape = builder.Append("Shape", [x]);
        return new Node("Reshape", [mapped.Name, shape.Name], node.Outputs, Attributes.None, Name: node.Name);
    }

    /// <summary>Maps a row; the inputs are rows in the order of the node's, and the first is also where the result goes.</summary>
    protected abstract void MapRow(Span<float> first, ReadOnlySpan<float> second);

    /// <summary>The reference.</summary>
    protected abstract void MapRow(Span<double> first, ReadOnlySpan<double> second);

    /// <summary>Every axis of a small shape, large values, and one case per length no vector divides.</summary>
    /// <param name="inputs">How many inputs of one shape the operator takes.</param>
    protected static IEnumerable<OperatorCase> SoftmaxCases(int inputs)
    {
        ImmutableArray<Tensor?> Make(uint seed, float scale, params int[] extents) =>
            [.. Enumerable.Range(0, inputs).Select(i => Sample.Within(i == 0 ? scale : 1, seed + (uint)i, extents))];

        yield return new("last axis", Make(1, 4, 3, 5));
        yield return new("first axis", Make(3, 4, 3, 5)) { Attributes = Attributes.None.With("axis", 0) };
        yield return new("middle axis", Make(5, 4, 2, 4, 3)) { Attributes = Attributes.None.With("axis", 1) };
        yield return new("large", Make(7, 800, 2, 6)) { FloatTolerance = 2e-4 };
        foreach (int length in Sample.Lengths)
        {
            yield return new($"length {length}", Make(9, 4, 3, length)) { HasGolden = false };
        }
    }

    private delegate void RowMap<T>(Span<T> first, ReadOnlySpan<T> second);

    private static Action Compile<T>(KernelContext context, RowMap<T> map)
        where T : unmanaged
    {
        var shape = context.InputShape(0);
        var along = new bool[shape.Rank];
        if (along.Length > 0)
        {
            long axis = context.Attributes.Int("axis", -1);
            along[axis < 0 ? axis + along.Length : axis] = true;
        }

        var rows = RowGathering.For(shape, along);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var second = context.Has(1) ? context.Input<T>(1) : default;
        if (along.Length > 0 && along[^1])
        {
            // Rows lie one after the other: each is mapped where it is, and the threads share them.
            int width = rows.Width;
            return Chunks.Over(
                context.Pool,
                rows.Count,
                (start, count) =>
                {
                    for (int place = start * width; place < (start + count) * width; place += width)
                    {
                        var row = y.Span.Slice(place, width);
                        x.Span.Slice(place, width).CopyTo(row);
                        map(row, second.Length > 0 ? second.Span.Slice(place, width) : []);
                    }
                },
                Math.Max(1, 4 * width));
        }

        var scratch = context.Scratch<T>(2 * rows.Width);
        return () =>
        {
            var first = scratch.Span[..rows.Width];
            var other = scratch.Span[rows.Width..];
            for (int row = 0; row < rows.Count; row++)
            {
                rows.Row<T>(x.Span, row, first).CopyTo(first);
                map(first, second.Length > 0 ? rows.Row<T>(second.Span, row, other) : []);
                rows.Store<T>(first, row, y.Span);
            }
        };
    }
}
