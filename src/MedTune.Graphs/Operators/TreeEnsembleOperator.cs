using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// <c>TreeEnsemble</c> of <c>ai.onnx.ml</c> 5: the sum (or mean) over decision trees of the leaf each row falls into, per target, after post_transform. Sums are in double in the
/// order of the trees.
/// </summary>
internal sealed class TreeEnsembleOperator : LearningOperator
{
    private static readonly ImmutableArray<string> Transforms = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"];

    public override string Name => "TreeEnsemble";

    public override int SinceOpset => 5;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var rows = Tensor.Create(new Shape(6, 2), [0f, 0f, 1f, 2f, 0.5f, 3f, 0.75f, 7f, float.NaN, 7f, 0f, float.NaN]);
            yield return new("sum, sets", rows) { Attributes = Trees([0, 6], Tensor.Vector(2f, 7f, float.NaN)) };
            yield return new("average, logistic", rows) { Attributes = Trees([0, 2], null).With("aggregate_function", 0).With("post_transform", 2) };
            yield return new("missing is true, softmax", rows) { Attributes = Trees([1, 3], null).With("nodes_missing_value_tracks_true", (long[])[1, 1]).With("post_transform", 1) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        var trees = TreeEnsembleTensors.Read(context.Node);
        if (context.Attributes.Int("post_transform", 0) is < 0 or > 3)
        {
            throw context.Error("its post_transform is not supported; 0 to 3 (none, softmax, logistic, softmax without zeros) are.");
        }

        return !x.HasRank || (x.Rank == 2 && (x.Dimensions[1].Value ?? trees.Features) >= trees.Features)
            ? [new TensorType(x.Element, [x.HasRank ? x.Dimensions[0] : Dimension.Unknown, trees.Targets])]
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input is {x}; one row per sample with at least {trees.Features} columns was expected."));
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var trees = TreeEnsembleTensors.Read(context.Node);
        int columns = context.InputShape(0)[1];
        string transform = Transforms[(int)context.Attributes.Int("post_transform", 0)];
        var (x, sums, write) = (context.Input<T>(0), context.Scratch<double>(context.OutputShape().Length), RealNumbers.To(context));
        return () =>
        {
            TreeEnsembleRegressor.Sum<T>(trees, x.Span, columns, sums.Span);
            ScoreTransform.ApplyToRows(transform, sums.Span, trees.Targets);
            write(sums.Span);
        };
    }

    /// <summary>Two trees of one branch each, with leaves for two targets.</summary>
    private static Attributes Trees(byte[] modes, Tensor? members)
    {
        var attributes = Attributes.None
            .With("n_targets", 2)
            .With("tree_roots", (long[])[0, 1])
            .With("nodes_featureids", (long[])[0, 1])
            .With("nodes_modes", Tensor.Create<byte>(new Shape(2), modes))
            .With("nodes_splits", Tensor.Vector(0.5f, 3f))
            .With("nodes_truenodeids", (long[])[0, 2])
            .With("nodes_trueleafs", (long[])[1, 1])
            .With("nodes_falsenodeids", (long[])[1, 3])
            .With("nodes_falseleafs", (long[])[1, 1])
            .With("leaf_targetids", (long[])[0, 1, 1, 0])
            .With("leaf_weights", Tensor.Vector(1.5f, -2f, 0.25f, 4f));
        return members is null ? attributes : attributes.With("membership_values", members);
    }
}
