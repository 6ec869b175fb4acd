using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Parts of the input along <c>axis</c>: of the extents the second input lists, or <c>num_outputs</c> parts of equal extent (the last may be smaller).</summary>
internal sealed class Split : MovementOperator
{
    public override string Name => "Split";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 2;

    public override int MaximumOutputs => int.MaxValue;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("rows", Sample.Values(1, 4, 3)) { Outputs = 2, Attributes = Attributes.None.With("num_outputs", 2) };
            yield return new("uneven", Sample.Values(2, 2, 7)) { Outputs = 3, Attributes = Attributes.None.With("num_outputs", 3).With("axis", 1) };
            yield return new("listed", Sample.Values(3, 2, 6), Tensor.Vector(1L, 0L, 5L)) { Outputs = 3, Attributes = Attributes.None.With("axis", -1) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        int count = context.Node.Outputs.Length;
        var input = context.Input(0);
        if (!input.HasRank)
        {
            return [.. Enumerable.Repeat(input, count)];
        }

        int axis = context.Axis(context.Attributes.Int("axis", 0), input.Rank);
        return [.. Extents(context, input.Dimensions[axis], count).Select(extent => new TensorType(input.Element, input.Dimensions.SetItem(axis, extent)))];
    }

    public override void Gradient(GradientContext context)
    {
        int count = context.Node.Outputs.Length;
        var parts = new Value[count];
        for (int i = 0; i < count; i++)
        {
            parts[i] = context.OutputGradientOrNull(i) ?? context.Builder.ZerosLike(context.Output(i));
        }

        context.Set(0, context.Builder.Concat(parts, (int)context.Attributes.Int("axis", 0)));
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        if (opset == 1 && node.Inputs.Length > 1 && builder.Known(node.Inputs[1]) is Tensor<float> listed)
        {
            // The first form listed the extents as numbers of the input's own type.
            var extents = builder.Constant(Tensor.Vector([.. listed.Values.ToArray().Select(extent => (long)extent)]), "split");
            node = node with { Inputs = [node.Inputs[0], extents.Name] };
        }

        if (opset < 13)
        {
            node = Axes.ToInput(node, "split", 1, builder);
        }

        bool isListed = node.Inputs.Length > 1 && node.Inputs[1].Length > 0;
        return opset < 18 && !isListed ? node with { Attributes = node.Attributes.With("num_outputs", node.Outputs.Length) } : node;
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        var shape = context.InputShape(0);
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + shape.Rank : axis;
        int rows = 1;
        for (int i = 0; i < axis; i++)
        {
            rows *= shape[i];
        }

        int width = rows == 0 ? 0 : shape.Length / rows;
        var x = places.Input();
        var copies = new List<(Elements<T> Output, int Column, int Width)>();
        int inner = shape[axis] == 0 ? 0 : width / shape[axis];
        int column = 0;
        foreach (int extent in CompiledExtents(context, shape[axis]))
        {
            int index = copies.Count;
            copies.Add((context.HasOutput(index) ? places.Output(index) : () => default, column, extent * inner));
            column += extent * inner;
        }

        var parts = copies.ToArray();
        return () =>
        {
            Span<T> source = x();
            foreach (var part in parts)
            {
                Span<T> destination = part.Output();
                for (int row = 0; row < rows && !destination.IsEmpty; row++)
                {
                    source.Slice((row * width) + part.Column, part.Width).CopyTo(destination[(row * part.Width)..]);
                }
            }
        };
    }

    private static Dimension[] Extents(ShapeContext context, Dimension whole, int count)
    {
        if (context.Has(1))
        {
            var listed = context.Elements(1);
            return listed.IsDefault ? [.. Enumerable.Repeat(Dimension.Unknown, count)] : Listed(context, listed, whole, count);
        }

        long parts = context.Attributes.Int("num_outputs", count);
        if (parts != count)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"it has {count} outputs, but cuts in {parts} parts."));
        }

        return whole.Value is int extent
            ? [.. Equal(extent, count).Select(part => (Dimension)part)]
            : count == 1 ? [whole] : [.. Enumerable.Repeat(Dimension.Unknown, count)];
    }

    private static Dimension[] Listed(ShapeContext context, ImmutableArray<ShapeElement> listed, Dimension whole, int count)
    {
        long sum = 0;
        foreach (var element in listed)
        {
            sum += element.Value ?? 0;
            if (element.Value is < 0 or > int.MaxValue || sum > int.MaxValue)
            {
                throw context.Error("it lists a part of negative or too large extent.");
            }
        }

        bool isKnown = listed.All(element => element.Value is not null);
        if (listed.Length != count || (isKnown && whole.Value is int extent && extent != sum))
        {
            throw context.Error(string.Create(
                CultureInfo.InvariantCulture,
                $"it lists {listed.Length} parts of {sum} elements together; it has {count} outputs and an axis of extent {whole}."));
        }

        return [.. listed.Select(element => element.ToDimension())];
    }

    private static IEnumerable<int> Equal(int extent, int count)
    {
        int size = (int)(((long)extent + count - 1) / count);
        for (int i = 0; i < count; i++)
        {
            yield return Math.Clamp(extent - (int)Math.Min((long)i * size, extent), 0, size);
        }
    }

    private static IEnumerable<int> CompiledExtents(KernelContext context, int extent)
    {
        int count = context.Node.Outputs.Length;
        if (!context.Has(1))
        {
            return Equal(extent, count);
        }

        return context.Constant(1) is Tensor<long> listed
            ? [.. listed.Values.ToArray().Select(part => (int)part)]
            : throw context.Error("the extents of its parts are not known before execution.");
    }
}
