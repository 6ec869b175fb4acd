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

    internal static FitRecord ToRecord(TreeEnsembleBuilder trees, float[] intercepts)
    {
        var record = new FitRecord { [Trees] = trees.ToNumbers() };
        record.SetFloats(Intercepts, intercepts);
        return record;
    }
}
