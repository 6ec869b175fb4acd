using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The slices of the first input that the tuples along the last axis of the second point at; the first <c>batch_dims</c> axes of both go together.</summary>
internal sealed class GatherND : MovementOperator
{
    public override string Name => "GatherND";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("elements", Sample.Values(1, 3, 4), Tensor.Create(new Shape(3, 2), [0L, 1, 2, -1, 0, 1]));
            yield return new("rows", Sample.Values(2, 3, 4), Tensor.Create(new Shape(2, 2, 1), [2L, 0, -1, 2]));
            yield return new("batch", Sample.Values(3, 2, 3, 2), Tensor.Create(new Shape(2, 2, 1), [2L, 0, -1, 2])) { Attributes = Attributes.None.With("batch_dims", 1) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64, ElementType.Int32);
        var (data, indices) = (context.Input(0), context.Input(1));
        long batch = context.Attributes.Int("batch_dims", 0);
        if (!data.HasRank || !indices.HasRank || indices.Rank == 0 || indices.Dimensions[^1].Value is not int length)
        {
            return [new TensorType(data.Element, default)];
        }

        return batch >= 0 && batch < indices.Rank && batch + length <= data.Rank
            ? [new TensorType(data.Element, [.. indices.Dimensions[..^1], .. data.Dimensions[((int)batch + length)..]])]
            : throw context.Error($"its tuples of {length} places behind {batch} common axes do not fit values of rank {data.Rank}.");
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append(
            "GatherNDGradient",
            [context.OutputGradient(), context.Input(1), context.Input(0)],
            Attributes.None.With("batch_dims", context.Attributes.Int("batch_dims", 0)),
            InternalDomain));

    protected override Action Compile<T>(Places<T> places)
    {
        var tuples = new IndexTuples(places.Context, places.Context.InputShape(0), 1);
        var (x, y) = (places.Input(), places.Output());
        return () =>
        {
            Span<T> source = x();
            Span<T> destination = y();
            for (int i = 0; i < tuples.Count; i++)
            {
                source.Slice(tuples[i], tuples.Width).CopyTo(destination[(i * tuples.Width)..]);
            }
        };
    }
}
