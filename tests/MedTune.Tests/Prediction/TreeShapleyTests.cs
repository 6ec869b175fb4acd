using System.Numerics;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tests.Training.Trees;
using MedTune.Training;

namespace MedTune.Tests.Prediction;

public sealed class TreeShapleyTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Explain_GrownTrees_EqualsShapleyByItsDefinition(int classes)
    {
        int targets = classes == 2 ? 1 : classes;
        var (matrix, classesOfRows) = TreeCohort.Make(150, 11, classes);
        var options = new BoostingOptions { Rounds = 12, StoppingFolds = 0, Tree = new TreeOptions { Depth = 4, Leaves = 12, ChildWeight = 0.5 } };
        var record = GradientBoosting.Fit(TreeCohort.Samples(matrix, classesOfRows, classes), options, 1, 0, TreeCohort.Progress());
        var trees = FittedTrees.Of(record, "", targets);
        Assert.Contains(trees.Nodes, node => node.Branch == TreeBranch.Equal);
        var shapley = new TreeShapley(trees);
        for (int row = 0; row < 12; row++)
        {
            float[] values = matrix.AsSpan(row * TreeCohort.Width, TreeCohort.Width).ToArray();
            double[][] parts = shapley.Explain(values);
            for (int target = 0; target < targets; target++)
            {
                double[] expected = ByDefinition(trees, values, target);
                for (int f = 0; f < TreeCohort.Width; f++)
                {
                    Assert.Equal(expected[f], parts[target][f], 9);
                }

                double all = Value(trees, values, target, (1 << TreeCohort.Width) - 1);
                Assert.Equal(all - Value(trees, values, target, 0), parts[target].Sum(), 9);
            }
        }
    }

    [Fact]
    public void CanExplain_WithoutCovers_IsFalse()
    {
        var stump = new TreeEnsemble(
            1,
            [0],
            [new(TreeBranch.LessOrEqual, 0, 1, 1, 2, false, 0), new(TreeBranch.Leaf, 0, 0, 0, 1, false, 0), new(TreeBranch.Leaf, 0, 0, 1, 2, false, 0)],
            [new(0, 1), new(0, 2)],
            [],
            false);
        Assert.False(TreeShapley.CanExplain(stump));
    }

    [Theory]
    [InlineData(1, float.NaN)]
    [InlineData(1, -0.5f)]
    [InlineData(float.MaxValue, float.MaxValue)]
    public void CanExplain_CoversThatCountNothing_IsFalse(float yes, float no)
    {
        var stump = new TreeEnsemble(
            1,
            [0],
            [new(TreeBranch.LessOrEqual, 0, 1, 1, 2, false, 1), new(TreeBranch.Leaf, 0, 0, 0, 1, false, yes), new(TreeBranch.Leaf, 0, 0, 1, 2, false, no)],
            [new(0, 1), new(0, 2)],
            [],
            false);
        Assert.False(TreeShapley.CanExplain(stump));
    }

    private static double[] ByDefinition(TreeEnsemble trees, float[] values, int target)
    {
        int count = values.Length;
        double[] factorial = [1, 1, 2, 6, 24];
        var parts = new double[count];
        for (int known = 0; known < 1 << count; known++)
        {
            int size = BitOperations.PopCount((uint)known);
            for (int f = 0; f < count; f++)
            {
                if ((known >> f & 1) == 0)
                {
                    double weight = factorial[size] * factorial[count - size - 1] / factorial[count];
                    parts[f] += weight * (Value(trees, values, target, known | (1 << f)) - Value(trees, values, target, known));
                }
            }
        }

        return parts;
    }

    private static double Value(TreeEnsemble trees, float[] values, int target, int known) =>
        trees.Roots.Sum(root => Value(trees, values, target, known, root));

    /// <summary>The mean answer when only some features are known: at the others both ways count by their training samples.</summary>
    private static double Value(TreeEnsemble trees, float[] values, int target, int known, int at)
    {
        var node = trees.Nodes[at];
        if (node.Branch == TreeBranch.Leaf)
        {
            return Enumerable.Range(node.True, node.False - node.True).Sum(w => trees.Weights[w].Target == target ? trees.Weights[w].Weight : 0);
        }

        var chain = new List<TreeNode> { node };
        while (node.Branch == TreeBranch.Equal && trees.Nodes[chain[^1].False] is { Branch: TreeBranch.Equal } next && next.True == node.True)
        {
            chain.Add(next);
        }

        int otherwise = chain[^1].False;
        double yes = Value(trees, values, target, known, node.True);
        double no = Value(trees, values, target, known, otherwise);
        if ((known >> node.Feature & 1) == 1)
        {
            return chain.Any(link => link.Answer(values[node.Feature])) ? yes : no;
        }

        double share = trees.Nodes[node.True].Cover / (double)(trees.Nodes[node.True].Cover + trees.Nodes[otherwise].Cover);
        return (share * yes) + ((1 - share) * no);
    }
}
