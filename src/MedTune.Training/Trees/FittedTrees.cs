using MedTune.Graphs;

namespace MedTune.Training;

/// <summary>The trees of a finished fit, as <see cref="FitRecord"/> keeps them.</summary>
public static class FittedTrees
{
    private const string Trees = "trees";
    private const string Intercepts = "intercept";

    /// <summary>The trees of a record.</summary>
    /// <param name="record">A record with an array <c>trees</c>.</param>
    /// <param name="prefix">Stands before the arrays' names.</param>
    /// <param name="targets">Outputs of the trees.</param>
    public static TreeEnsemble Of(FitRecord record, string prefix, int targets)
    {
        ArgumentNullException.ThrowIfNull(record);
        var builder = new TreeEnsembleBuilder(targets);
        builder.Load(record[prefix + Trees]);
        return builder.Build();
    }

    /// <summary>What is added to each margin.</summary>
    public static float[] InterceptsOf(FitRecord record, string prefix)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Floats(prefix + Intercepts);
    }

    /// <summary>The first trees alone: what a sequence of boosted trees was after fewer rounds.</summary>
    internal static TreeEnsemble First(TreeEnsemble trees, int count)
    {
        if (count >= trees.Roots.Length)
        {
            return trees;
        }

        // Nodes and weights stand in the order of the trees.
        var nodes = trees.Nodes[..trees.Roots[count]];
        int weights = nodes.Where(node => node.Branch == TreeBranch.Leaf).Max(node => node.False);
        return trees with { Roots = trees.Roots[..count], Nodes = nodes, Weights = trees.Weights[..weights] };
    }

    /// <summary>Trees whose answers are multiplied, each with its own factor; factors of 1 change nothing.</summary>
    internal static TreeEnsemble Scaled(TreeEnsemble trees, ReadOnlySpan<double> factors)
    {
        var weights = trees.Weights.ToBuilder();
        for (int tree = 0; tree < trees.Roots.Length; tree++)
        {
            int end = tree + 1 < trees.Roots.Length ? trees.Roots[tree + 1] : trees.Nodes.Length;
            for (int node = trees.Roots[tree]; node < end; node++)
            {
                for (int i = trees.Nodes[node].True; trees.Nodes[node].Branch == TreeBranch.Leaf && i < trees.Nodes[node].False; i++)
                {
                    weights[i] = weights[i] with { Weight = (float)(weights[i].Weight * factors[tree]) };
                }
            }
        }

        return trees with { Weights = weights.MoveToImmutable() };
    }

    internal static FitRecord ToRecord(TreeEnsembleBuilder trees, float[] intercepts)
    {
        var record = new FitRecord { [Trees] = trees.ToNumbers() };
        record.SetFloats(Intercepts, intercepts);
        return record;
    }
}
