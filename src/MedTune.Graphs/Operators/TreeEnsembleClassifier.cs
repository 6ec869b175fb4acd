using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The sums of the leaves a row falls into, one per class, and the class with the largest as label (output 0); output 1 has the scores after
/// post_transform. Where the leaves of two classes all vote for one of them, its sum alone decides: above 0.5 when no weight is negative, else above 0.
/// </summary>
internal sealed class TreeEnsembleClassifier : LearningOperator
{
    public override string Name => "TreeEnsembleClassifier";

    public override int MaximumOutputs => 2;

    public override int RequiredOutputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var rows = Tensor.Create(new Shape(5, 2), [0f, 0f, 1f, 0f, 0f, 3f, 1f, 3f, float.NaN, 1f]);
            yield return new("three classes", rows) { Outputs = 2, GradientInputs = [], Attributes = Stumps((long[])[0, 1, 2, 1], (float[])[0.25f, 1.5f, -0.5f, 0.75f]).With("classlabels_int64s", (long[])[4, 5, 6]).With("post_transform", "SOFTMAX") };
            yield return new("two classes, no negative weight", rows) { Outputs = 2, GradientInputs = [], Attributes = Stumps((long[])[0, 0, 0, 0], (float[])[0.125f, 0.5f, 0.25f, 0.375f]).With("classlabels_strings", (string[])["no", "yes"]) };
            var boosted = Stumps((long[])[0, 0, 0, 0], (float[])[-1.25f, 0.5f, 0.25f, 0.375f]).With("classlabels_int64s", (long[])[0, 1]);
            yield return new("two classes, boosted", rows) { Outputs = 2, GradientInputs = [], Attributes = boosted.With("post_transform", "LOGISTIC").With("base_values", (float[])[0.125f]) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (table, labels) = (Table(context), ClassLabels.Of(context.Node));
        ScoreTransform.Of(context);
        var trees = Trees(context.Node, labels.Count, out _);
        return table.HasRank && table.Dimensions[^1].Value < trees.Features
            ? throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its trees ask feature {trees.Features - 1}; the input has {table.Dimensions[^1]} columns."))
            : [new TensorType(labels.Element, [Rows(table)]), PerRow(table, labels.Count)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>Two trees of one branch each, on the first and the second column.</summary>
    private static Attributes Stumps(long[] classes, float[] weights) => Attributes.None
        .With("nodes_treeids", (long[])[0, 0, 0, 1, 1, 1])
        .With("nodes_nodeids", (long[])[0, 1, 2, 0, 1, 2])
        .With("nodes_featureids", (long[])[0, 0, 0, 1, 0, 0])
        .With("nodes_modes", (string[])["BRANCH_LEQ", "LEAF", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF"])
        .With("nodes_values", (float[])[0.5f, 0f, 0f, 2f, 0f, 0f])
        .With("nodes_truenodeids", (long[])[1, 0, 0, 1, 0, 0])
        .With("nodes_falsenodeids", (long[])[2, 0, 0, 2, 0, 0])
        .With("class_treeids", (long[])[0, 0, 1, 1])
        .With("class_nodeids", (long[])[1, 2, 1, 2])
        .With("class_ids", classes)
        .With("class_weights", weights)
        .With("post_transform", "NONE");

    /// <summary>The same trees as those of a regressor with one target per class; and which class alone is voted for, when there are two, else -1.</summary>
    private static TreeEnsemble Trees(Node node, int classes, out int only)
    {
        var attributes = Attributes.None.With("n_targets", classes);
        foreach (var (name, value) in node.Attributes)
        {
            bool isOfClasses = name.StartsWith("class_", StringComparison.Ordinal);
            if (isOfClasses || name.StartsWith("nodes_", StringComparison.Ordinal))
            {
                attributes = attributes.With(isOfClasses ? "target_" + name[6..] : name, value);
            }
        }

        var trees = TreeEnsemble.Of(node with { Attributes = attributes });
        only = classes == 2 && trees.Weights.Select(weight => weight.Target).Distinct().Count() == 1 ? trees.Weights[0].Target : -1;
        double[] bases = Numbers(node.Attributes, "base_values");
        if (bases.Length == 1 && only >= 0)
        {
            bases = only == 0 ? [bases[0], 0] : [0, bases[0]];
        }

        return bases.Length == 0 || bases.Length == classes
            ? trees with { BaseValues = [.. bases] }
            : throw new InvalidGraphException(NodeErrors.Sentence(node, "its base values must be one per class."));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var (rows, columns) = Size(context.InputShape(0));
        var labels = ClassLabels.Of(context.Node);
        var trees = Trees(context.Node, labels.Count, out int only);
        bool isPositive = trees.Weights.All(weight => weight.Weight >= 0);
        string transform = context.Attributes.String("post_transform", "NONE");
        var (x, sums) = (context.Input<T>(0), context.Scratch<double>(rows * labels.Count));
        var (label, write) = (labels.Writer(context), context.HasOutput(1) ? RealNumbers.To(context, 1) : null);
        return () =>
        {
            TreeEnsembleRegressor.Sum<T>(trees, x.Span, columns, sums.Span);
            for (int row = 0; row < rows; row++)
            {
                var scores = sums.Span.Slice(row * labels.Count, labels.Count);
                if (only >= 0)
                {
                    label(row, Decide(scores, scores[only], isPositive, transform));
                }
                else
                {
                    label(row, ClassLabels.Largest(scores));
                    ScoreTransform.Apply(transform, scores);
                }
            }

            write?.Invoke(sums.Span);
        };
    }

    /// <summary>The label of two classes from one sum, and their scores.</summary>
    private static int Decide(Span<double> scores, double sum, bool isPositive, string transform)
    {
        if (isPositive)
        {
            (scores[0], scores[1]) = (1 - sum, sum);
            return sum > 0.5 ? 1 : 0;
        }

        (scores[0], scores[1]) = transform == "LOGISTIC" ? (DoubleMath.Sigmoid(-sum), DoubleMath.Sigmoid(sum)) : (-sum, sum);
        return sum > 0 ? 1 : 0;
    }
}
