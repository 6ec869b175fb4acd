using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Every update is a slice; the tuple along the last axis of the indices says where it goes.</summary>
internal sealed class ScatterND : ScatterOperator
{
    public override string Name => "ScatterND";

    public override int SinceOpset => 11;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var repeated = Tensor.Create(new Shape(3, 1), [2L, 0, -1]);
            yield return new("elements", Sample.Values(1, 3, 4), Tensor.Create(new Shape(3, 2), [0L, 1, 2, -1, 0, 2]), Sample.Values(2, 3));
            yield return new("rows", Sample.Values(3, 3, 4), Tensor.Create(new Shape(2, 1), [2L, 0]), Sample.Values(4, 2, 4));
            yield return new("add", Sample.Values(5, 3, 2), repeated, Sample.Values(6, 3, 2)) { Attributes = With("add") };
            yield return new("mul", Sample.Values(7, 3, 2), repeated, Sample.Values(8, 3, 2)) { Attributes = With("mul"), GradientInputs = [] };
            yield return new("max", Sample.Values(9, 3, 2), repeated, Sample.Values(10, 3, 2)) { Attributes = With("max"), GradientInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var data = Checked(context);
        var (indices, updates) = (context.Input(1), context.Input(2));
        if (data.HasRank && indices.HasRank && updates.HasRank && indices.Rank > 0 && indices.Dimensions[^1].Value is int length)
        {
            ImmutableArray<Dimension> expected = length <= data.Rank ? [.. indices.Dimensions[..^1], .. data.Dimensions[length..]] : default;
            if (expected.IsDefault || expected.Length != updates.Rank
                || Enumerable.Range(0, updates.Rank).Any(i => expected[i].Value is int own && updates.Dimensions[i].Value is int other && own != other))
            {
                throw context.Error("its updates do not have the shape that its indices and values ask for.");
            }
        }

        return [data];
    }

    protected override Value Gathered(GradientContext context, Value gradient) => context.Builder.Append("GatherND", [gradient, context.Input(1)]);

    protected override (int Count, int Width, Func<int, int> Start) Slices(KernelContext context)
    {
        var tuples = new IndexTuples(context, context.InputShape(0), 1);
        return (tuples.Count, tuples.Width, i => tuples[i]);
    }

    private static Attributes With(string reduction) => Attributes.None.With("reduction", reduction);
}
