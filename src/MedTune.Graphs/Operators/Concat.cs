using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The inputs one after another along <c>axis</c>.</summary>
internal sealed class Concat : MovementOperator
{
    public override string Name => "Concat";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => int.MaxValue;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("rows", Sample.Values(1, 2, 3), Sample.Values(2, 1, 3)) { Attributes = Along(0) };
            yield return new("columns", Sample.Values(3, 3, 2), Sample.Values(4, 3, 1), Sample.Values(5, 3, 4)) { Attributes = Along(-1) };
            yield return new("middle", Sample.Values(6, 2, 1, 3), Sample.Values(7, 2, 2, 3)) { Attributes = Along(1) };
            yield return new("one", Sample.Values(8, 5)) { Attributes = Along(0) };
            yield return new("nothing in between", Sample.Values(8, 2), Tensor.Create<float>(new Shape(0), []), Sample.Values(9, 1)) { Attributes = Along(0) };
            yield return new("text", Tensor.Vector("a"), Tensor.Vector("b", "c")) { Attributes = Along(0) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var first = context.Input(0);
        for (int i = 1; i < context.InputCount; i++)
        {
            context.RequireSame(i, 0);
        }

        if (Enumerable.Range(0, context.InputCount).Any(i => !context.Input(i).HasRank))
        {
            return [new TensorType(first.Element, default)];
        }

        int axis = context.Axis(context.Attributes.Int("axis", 0), first.Rank);
        var dimensions = first.Dimensions;
        long? along = first.Dimensions[axis].Value;
        for (int i = 1; i < context.InputCount; i++)
        {
            var other = context.Input(i).Dimensions;
            if (other.Length != dimensions.Length)
            {
                throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input {i} has rank {other.Length}, input 0 has rank {dimensions.Length}."));
            }

            along += other[axis].Value;
            dimensions = [.. dimensions.Select((dimension, d) => d == axis ? dimension : Agree(context, dimension, other[d], i, d))];
        }

        var sum = context.InputCount == 1 ? first.Dimensions[axis]
            : along is null ? Dimension.Unknown
            : along <= int.MaxValue ? (int)along
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its inputs together have more than {int.MaxValue} elements along axis {axis}."));
        return [new TensorType(first.Element, dimensions.SetItem(axis, sum))];
    }

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context)
    {
        var elements = ImmutableArray.CreateBuilder<ShapeElement>();
        for (int i = 0; i < context.InputCount; i++)
        {
            var part = context.Elements(i);
            if (part.IsDefault || elements.Count + part.Length > ShapeContext.LongestShape)
            {
                return default;
            }

            elements.AddRange(part);
        }

        return elements.ToImmutable();
    }

    // Until set 3 the axis could be left out.
    public override Node FromOpset(Node node, int opset, GraphBuilder builder) =>
        opset < 4 && !node.Attributes.Has("axis") ? node with { Attributes = node.Attributes.With("axis", 1) } : node;

    public override void Gradient(GradientContext context)
    {
        var gradient = context.OutputGradient();
        if (context.InputCount == 1)
        {
            context.Set(0, gradient);
            return;
        }

        // The extents are read from the inputs, so that a symbolic one stays right whatever it turns out to be.
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + context.Input(0).Type.Rank : axis;
        var builder = context.Builder;
        var sizes = new Value[context.InputCount];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = builder.Shape(context.Input(i), axis, axis + 1);
        }

        var parts = builder.Split(gradient, builder.Concat(sizes, 0), axis, sizes.Length);
        for (int i = 0; i < sizes.Length; i++)
        {
            context.Set(i, parts[i]);
        }
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        var shape = context.OutputShape();
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + shape.Rank : axis;
        int count = context.InputCount;
        int rows = 1;
        for (int i = 0; i < axis; i++)
        {
            rows *= shape[i];
        }

        int width = rows == 0 ? 0 : shape.Length / rows;
        var inputs = new Elements<T>[count];
        var widths = new int[count];
        for (int i = 0; i < count; i++)
        {
            inputs[i] = places.Input(i);
            widths[i] = rows == 0 ? 0 : context.InputShape(i).Length / rows;
        }

        var y = places.Output();
        return () =>
        {
            int column = 0;
            for (int i = 0; i < inputs.Length; i++)
            {
                Span<T> x = inputs[i]();
                var destination = y();
                for (int row = 0; row < rows; row++)
                {
                    x.Slice(row * widths[i], widths[i]).CopyTo(destination[((row * width) + column)..]);
                }

                column += widths[i];
            }
        };
    }

    private static Attributes Along(int axis) => Attributes.None.With("axis", axis);

    private static Dimension Agree(ShapeContext context, Dimension left, Dimension right, int input, int axis) =>
        left.Value is int a && right.Value is int b && a != b
            ? throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input {input} has extent {b} at axis {axis}, the inputs before it {a}."))
            : left.Value is not null || (left.Symbol is not null && right.Value is null) ? left : right;
}
