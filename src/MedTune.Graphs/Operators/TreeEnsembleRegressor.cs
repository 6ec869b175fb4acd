using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The sum (or mean) over decision trees of the leaf each row falls into, per target. Sums are in double in the order of the trees, so that
/// float and double differ by one rounding; a value is compared as a double, which is exact. The attribute post_transform is done to each row at the end.
/// </summary>
internal sealed class TreeEnsembleRegressor : Operator
{
    public override string Name => TreeEnsemble.OperatorName;

    public override string Domain => TreeEnsemble.Domain;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var rows = Tensor.Create(
                new Shape(7, 2), [0.5f, 1f, 0.50001f, 2f, -3f, float.NaN, float.NaN, 3f, float.PositiveInfinity, 0f, 0f, 4f, float.NaN, float.NaN]);
            var leaves = ImmutableArray.Create<TreeWeight>(new(0, 1), new(0, -2), new(0, 0.25), new(0, 4));
            yield return new("sum", rows) { Attributes = Sample(leaves, 1).ToAttributes() };
            yield return new("average of two targets", rows)
            {
                Attributes = (Sample([.. leaves.Select((leaf, i) => leaf with { Target = i % 2 })], 2) with { IsAverage = true, BaseValues = [0.5, -1] }).ToAttributes(),
            };
            foreach (string transform in (string[])["LOGISTIC", "SOFTMAX"])
            {
                yield return new(transform, rows) { Attributes = Sample([.. leaves.Select((leaf, i) => leaf with { Target = i % 2 })], 2).ToAttributes().With("post_transform", transform) };
            }

            foreach (var branch in Enum.GetValues<TreeBranch>().Where(branch => branch != TreeBranch.Leaf))
            {
                var stump = new TreeEnsemble(
                    1,
                    [0],
                    [new(branch, 1, 2, 1, 2, branch == TreeBranch.NotEqual, 7), new(TreeBranch.Leaf, 0, 0, 0, 1, false, 3), new(TreeBranch.Leaf, 0, 0, 1, 2, false, 4)],
                    leaves,
                    [],
                    false);
                yield return new($"{branch}", rows) { Attributes = stump.ToAttributes() };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32);
        var trees = TreesOf(context.Node);
        ScoreTransform.Of(context);
        if (!type.HasRank)
        {
            return [new TensorType(ElementType.Float, default)];
        }

        if (type.Rank != 2)
        {
            throw context.Error("its input must have one row per sample and one column per feature.");
        }

        if (type.Dimensions[1].Value is { } width && width < trees.Features)
        {
            throw context.Error($"its trees ask feature {trees.Features - 1}; the input has {width} columns.");
        }

        return [new TensorType(ElementType.Float, [type.Dimensions[0], trees.Targets])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>Two trees: a chain of equal-branches with one common yes, and thresholds with missing values on either side.</summary>
    private static TreeEnsemble Sample(ImmutableArray<TreeWeight> leaves, int targets) => new(
        targets,
        [0, 4],
        [
            new(TreeBranch.Equal, 1, 1, 2, 1, false, 7),
            new(TreeBranch.Equal, 1, 3, 2, 3, false, 6),
            new(TreeBranch.Leaf, 0, 0, 0, 1, false, 2),
            new(TreeBranch.Leaf, 0, 0, 1, 2, false, 5),
            new(TreeBranch.LessOrEqual, 0, 0.5, 5, 6, true, 7),
            new(TreeBranch.LessOrEqual, 1, 2, 7, 8, false, 5),
            new(TreeBranch.Leaf, 0, 0, 2, 3, false, 2),
            new(TreeBranch.Leaf, 0, 0, 3, 4, false, 3),
            new(TreeBranch.Leaf, 0, 0, 0, targets, false, 2),
        ],
        leaves,
        [],
        false);

    /// <summary>The trees without what is done to their sums, which those who explain trees do not follow.</summary>
    private static TreeEnsemble TreesOf(Node node) => TreeEnsemble.Of(node.Attributes.String("post_transform", "NONE") == "NONE" ? node : node with { Attributes = node.Attributes.Without("post_transform") });

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var trees = TreesOf(context.Node);
        string transform = context.Attributes.String("post_transform", "NONE");
        var shape = context.InputShape(0);
        if (shape.Rank != 2 || shape[1] < trees.Features)
        {
            throw context.Error($"its input is {shape}; one row per sample with at least {trees.Features} columns was expected.");
        }

        var x = context.Input<T>(0);
        var sums = context.Scratch<double>(shape[0] * trees.Targets);
        if (context.OutputElement() == ElementType.Double)
        {
            var wide = context.Output<double>();
            return () =>
            {
                Sum<T>(trees, x.Span, shape[1], sums.Span);
                ScoreTransform.ApplyToRows(transform, sums.Span, trees.Targets);
                sums.Span.CopyTo(wide.Span);
            };
        }

        var y = context.Output<float>();
        return () =>
        {
            Span<double> totals = sums.Span;
            Sum<T>(trees, x.Span, shape[1], totals);
            ScoreTransform.ApplyToRows(transform, totals, trees.Targets);
            Span<float> output = y.Span;
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = (float)totals[i];
            }
        };
    }

    /// <summary>The leaf sums of every row, per target.</summary>
    internal static void Sum<T>(TreeEnsemble trees, ReadOnlySpan<T> x, int width, Span<double> sums)
        where T : unmanaged, INumber<T>
    {
        int targets = trees.Targets;
        int rows = sums.Length / targets;
        ReadOnlySpan<TreeNode> nodes = trees.Nodes.AsSpan();
        ReadOnlySpan<TreeWeight> weights = trees.Weights.AsSpan();
        sums.Clear();
        foreach (int root in trees.Roots)
        {
            for (int row = 0; row < rows; row++)
            {
                var values = x.Slice(row * width, width);
                int at = root;
                while (nodes[at].Branch != TreeBranch.Leaf)
                {
                    ref readonly var node = ref nodes[at];
                    at = node.Answer(double.CreateTruncating(values[node.Feature])) ? node.True : node.False;
                }

                for (int w = nodes[at].True; w < nodes[at].False; w++)
                {
                    sums[(row * targets) + weights[w].Target] += weights[w].Weight;
                }
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            double sum = trees.IsAverage ? sums[i] / trees.Roots.Length : sums[i];
            sums[i] = sum + (trees.BaseValues.IsEmpty ? 0 : trees.BaseValues[i % targets]);
        }
    }
}
