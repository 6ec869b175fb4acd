using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Every update goes to its own place, except along <c>axis</c>, where its index says the place.</summary>
internal sealed class ScatterElements : ScatterOperator
{
    public override string Name => "ScatterElements";

    public override int SinceOpset => 11;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var rows = Tensor.Create(new Shape(2, 3), [1L, 2, 0, -3, 0, 1]);
            var repeated = Tensor.Create(new Shape(2, 2), [1L, 1, 3, -1]);
            yield return new("rows", Sample.Values(1, 3, 3), rows, Sample.Values(2, 2, 3));
            yield return new("add", Sample.Values(3, 2, 4), repeated, Sample.Values(4, 2, 2)) { Attributes = With("add") };
            yield return new("mul", Sample.Values(5, 2, 4), repeated, Sample.Values(6, 2, 2)) { Attributes = With("mul"), GradientInputs = [] };
            yield return new("max", Sample.Values(7, 2, 4), repeated, Sample.Values(8, 2, 2)) { Attributes = With("max"), GradientInputs = [] };
            yield return new("min", Sample.Values(9, 2, 4), repeated, Sample.Values(10, 2, 2)) { Attributes = With("min"), GradientInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var data = Checked(context);
        var (indices, updates) = (context.Input(1), context.Input(2));
        if (data.HasRank && indices.HasRank && updates.HasRank)
        {
            int axis = context.Axis(context.Attributes.Int("axis", 0), data.Rank);
            for (int i = 0; i < data.Rank; i++)
            {
                if (indices.Rank != data.Rank || updates.Rank != data.Rank || (i != axis && indices.Dimensions[i].Value > data.Dimensions[i].Value)
                    || (indices.Dimensions[i].Value is int own && updates.Dimensions[i].Value is int other && own != other))
                {
                    throw context.Error("its indices and updates must have one shape, of the rank of its values, and may not reach beyond them.");
                }
            }
        }

        return [data];
    }

    protected override Value Gathered(GradientContext context, Value gradient) =>
        context.Builder.GatherElements(gradient, context.Input(1), (int)context.Attributes.Int("axis", 0));

    protected override (int Count, int Width, Func<int, int> Start) Slices(KernelContext context)
    {
        var shape = context.InputShape(0);
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + shape.Rank : axis;
        var (starts, step) = GatherElements.Lines(shape, context.InputShape(1), axis);
        var indices = new Indices(context, 1, shape[axis]);
        return (starts.Length, 1, i => starts[i] + (indices[i] * step));
    }

    private static Attributes With(string reduction) => Attributes.None.With("axis", 1).With("reduction", reduction);
}
