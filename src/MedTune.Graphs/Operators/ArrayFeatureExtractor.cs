using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The elements of the last axis at the places that input 1 lists; a list is one row.</summary>
internal sealed class ArrayFeatureExtractor : MovementOperator
{
    public override string Name => "ArrayFeatureExtractor";

    public override string Domain => "ai.onnx.ml";

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("columns", Sample.Values(1, 3, 4), Tensor.Vector(2L, 0L, 2L));
            yield return new("a list", Tensor.Vector("a", "b", "c"), Tensor.Vector(1L));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64, ElementType.Int32);
        var (x, places) = (context.Input(0), context.Input(1));
        if (!x.HasRank || !places.HasRank)
        {
            return [x with { Dimensions = default }];
        }

        var count = places.Dimensions.All(dimension => dimension.Value is not null)
            ? places.Dimensions.Aggregate(1, (product, dimension) => product * dimension.Value!.Value)
            : places.Rank == 1 ? places.Dimensions[0] : Dimension.Unknown;
        return x.Rank == 0
            ? throw context.Error("its input is a scalar; a list or a table was expected.")
            : [x with { Dimensions = x.Rank == 1 ? [1, count] : x.Dimensions.SetItem(x.Rank - 1, count) }];
    }

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        if (!context.Input(0).Type.HasRank || context.Input(0).Type.Rank < 2)
        {
            throw context.Error("its input is not known to be a table, so it cannot be differentiated.");
        }

        context.Set(0, build.Append(
            "GatherGradient",
            [context.OutputGradient(), build.Reshape(context.Input(1), -1), context.Input(0)],
            Attributes.None.With("axis", context.Input(0).Type.Rank - 1),
            InternalDomain));
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        int columns = context.InputShape(0).Extents[^1];
        var indices = new Indices(context, 1, columns);
        var (x, y) = (places.Input(), places.Output());
        return () =>
        {
            var source = x();
            var destination = y();
            for (int i = 0; i < destination.Length; i++)
            {
                (int row, int place) = Math.DivRem(i, indices.Length);
                destination[i] = source[(row * columns) + indices[place]];
            }
        };
    }
}
