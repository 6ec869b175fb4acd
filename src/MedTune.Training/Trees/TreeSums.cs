using System.Runtime.CompilerServices;
using MedTune.Graphs;

namespace MedTune.Training;

/// <summary>What trees answer outside a graph: sums in double, which a graph's floats follow.</summary>
internal static class TreeSums
{
    /// <summary>The sums over the trees for some rows: one per row and output.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="matrix">Row-major, missing as NaN.</param>
    /// <param name="width">Columns of the matrix.</param>
    /// <param name="rows">Rows of the matrix.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Of(TreeEnsemble trees, ReadOnlySpan<float> matrix, int width, ReadOnlySpan<int> rows)
    {
        var nodes = trees.Nodes.AsSpan();
        var weights = trees.Weights.AsSpan();
        var sums = new double[rows.Length * trees.Targets];
        for (int i = 0; i < rows.Length; i++)
        {
            var values = matrix.Slice(rows[i] * width, width);
            foreach (int root in trees.Roots)
            {
                int at = root;
                while (nodes[at].Branch != TreeBranch.Leaf)
                {
                    at = nodes[at].Answer(values[nodes[at].Feature]) ? nodes[at].True : nodes[at].False;
                }

                for (int w = nodes[at].True; w < nodes[at].False; w++)
                {
                    sums[(i * trees.Targets) + weights[w].Target] += weights[w].Weight;
                }
            }
        }

        return sums;
    }
}
