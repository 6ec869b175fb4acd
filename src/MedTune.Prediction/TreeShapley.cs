using MedTune.Graphs;

namespace MedTune.Prediction;

/// <summary>Exact Shapley values of decision trees, where an unknown feature sends a sample both ways by the training samples' shares.</summary>
/// <remarks>
/// These are the path-dependent values of Lundberg et al. (Nature Machine Intelligence 2:56, 2020): what a tree answers when only some
/// features are known is the mean over its leaves, weighted at every unknown feature by how many training samples went each way. The mean is
/// conditional on the branch, so a feature that stands in for another one shares its credit; the interventional values of the same paper would
/// need the training samples themselves, which a model file does not hold. A leaf is reached with the product, over the features on its path, of 1 or 0 for a
/// known feature (the sample goes there, or not) and of the share z of an unknown one. Over such a product the Shapley sum needs only the
/// elementary symmetric sums of the other features, found by multiplying out <c>(z + o x)</c>.
/// </remarks>
internal sealed class TreeShapley
{
    // Nodes may be shared, so a crafted file could have more ways through its trees than anybody can walk.
    private const int MostVisits = 4_000_000;
    private const int MostDepth = 1000;

    private readonly TreeEnsemble _trees;
    private readonly double[][] _weights;

    public TreeShapley(TreeEnsemble trees)
    {
        _trees = trees;
        _weights = [.. Enumerable.Range(0, LongestPath(trees) + 1).Select(ShapleyWeights)];
    }

    /// <summary>Whether the trees say how many training samples went each way, and have no more ways than can be followed.</summary>
    public static bool CanExplain(TreeEnsemble trees)
    {
        var open = new Stack<(int Node, int Depth)>(trees.Roots.Select(root => (root, 0)));
        for (int visits = 0; open.TryPop(out var next); visits++)
        {
            var node = trees.Nodes[next.Node];
            if (node.Branch == TreeBranch.Leaf)
            {
                continue;
            }

            var (yes, no) = (trees.Nodes[node.True].Cover, trees.Nodes[node.False].Cover);
            bool isKnown = yes >= 0 && no >= 0 && yes + no > 0 && float.IsFinite(yes + no);
            if (!isKnown || visits > MostVisits || next.Depth > MostDepth)
            {
                return false;
            }

            open.Push((node.True, next.Depth + 1));
            open.Push((node.False, next.Depth + 1));
        }

        return true;
    }

    /// <summary>What each feature adds to each target, for one row.</summary>
    /// <param name="row">The features.</param>
    /// <returns>Per target, one number per feature.</returns>
    public double[][] Explain(ReadOnlySpan<float> row)
    {
        var parts = new double[_trees.Targets][];
        for (int target = 0; target < parts.Length; target++)
        {
            parts[target] = new double[row.Length];
        }

        double scale = _trees.IsAverage ? 1.0 / _trees.Roots.Length : 1;
        foreach (int root in _trees.Roots)
        {
            Walk(root, row, [], scale, parts);
        }

        return parts;
    }

    private void Walk(int at, ReadOnlySpan<float> row, List<Step> path, double scale, double[][] parts)
    {
        var node = _trees.Nodes[at];
        if (node.Branch == TreeBranch.Leaf)
        {
            AddLeaf(node, path, scale, parts);
            return;
        }

        // A chain of equal-branches with one common yes asks one question: is the level in the set?
        bool yes = node.Answer(row[node.Feature]);
        int otherwise = node.False;
        while (IsChained(node, otherwise))
        {
            yes = yes || _trees.Nodes[otherwise].Answer(row[node.Feature]);
            otherwise = _trees.Nodes[otherwise].False;
        }

        double left = _trees.Nodes[node.True].Cover;
        double share = left / (left + _trees.Nodes[otherwise].Cover);
        Walk(node.True, row, With(path, node.Feature, share, yes), scale, parts);
        Walk(otherwise, row, With(path, node.Feature, 1 - share, !yes), scale, parts);
    }

    private bool IsChained(TreeNode first, int next)
    {
        var node = _trees.Nodes[next];
        return first.Branch == TreeBranch.Equal && node.Branch == TreeBranch.Equal && node.Feature == first.Feature && node.True == first.True;
    }

    private static List<Step> With(List<Step> path, int feature, double share, bool follows)
    {
        int known = path.FindIndex(step => step.Feature == feature);
        var before = known < 0 ? new Step(feature, 1, 1) : path[known];
        var step = new Step(feature, before.Share * share, follows ? before.Own : 0);
        return known < 0 ? [.. path, step] : [.. path[..known], step, .. path[(known + 1)..]];
    }

    private void AddLeaf(TreeNode leaf, List<Step> path, double scale, double[][] parts)
    {
        var weights = _weights[path.Count];
        Span<double> sums = stackalloc double[path.Count + 1];
        for (int j = 0; j < path.Count; j++)
        {
            sums.Clear();
            sums[0] = 1;
            for (int i = 0, degree = 0; i < path.Count; i++)
            {
                if (i == j)
                {
                    continue;
                }

                degree++;
                for (int s = degree; s >= 0; s--)
                {
                    sums[s] = (sums[s] * path[i].Share) + (s > 0 ? sums[s - 1] * path[i].Own : 0);
                }
            }

            double value = 0;
            for (int s = 0; s < path.Count; s++)
            {
                value += weights[s] * sums[s];
            }

            value *= scale * (path[j].Own - path[j].Share);
            for (int w = leaf.True; w < leaf.False; w++)
            {
                var weight = _trees.Weights[w];
                parts[weight.Target][path[j].Feature] += weight.Weight * value;
            }
        }
    }

    /// <summary>s! (n - 1 - s)! / n! for s known features among the n - 1 others.</summary>
    private static double[] ShapleyWeights(int features)
    {
        var weights = new double[Math.Max(1, features)];
        weights[0] = 1.0 / Math.Max(1, features);
        for (int s = 1; s < features; s++)
        {
            weights[s] = weights[s - 1] * s / (features - s);
        }

        return weights;
    }

    private static int LongestPath(TreeEnsemble trees)
    {
        int features = trees.Nodes.Where(node => node.Branch != TreeBranch.Leaf).Select(node => node.Feature).Distinct().Count();
        return Math.Min(features, trees.Nodes.Length);
    }

    /// <summary>One feature on the way to a leaf: the share of training samples that go this way, and 1 or 0 for whether the sample does.</summary>
    private readonly record struct Step(int Feature, double Share, double Own);
}
