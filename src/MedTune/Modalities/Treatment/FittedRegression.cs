using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Treatment;

/// <summary>A fitted regression: a smooth part, trees, or both, and a constant.</summary>
/// <param name="Smooth">Null where there is none.</param>
/// <param name="Trees">Null where there are none.</param>
/// <param name="Constant">Added to both.</param>
internal sealed record FittedRegression(SmoothFit? Smooth, TreeEnsemble? Trees, double Constant)
{
    /// <summary>Its answers for some rows.</summary>
    public double[] Predict(FeatureMatrix features, int[] rows)
    {
        double[] answers = Smooth?.Predict(features.Values, features.Width, rows) ?? new double[rows.Length];
        double[] sums = Trees is null ? new double[rows.Length] : TreeSums.Of(Trees, features.Values, features.Width, rows);
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] += sums[i] + Constant;
        }

        return answers;
    }

    /// <summary>Appends its answers to a graph: Float [N, 1].</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="features">Float [N, columns].</param>
    public Value Append(GraphBuilder builder, Value features)
    {
        Value? smooth = Smooth?.Append(builder, features);
        if (Trees is not null)
        {
            var trees = builder.Append(TreeEnsemble.OperatorName, [features], Trees.ToAttributes(), TreeEnsemble.Domain);
            smooth = smooth is null ? trees : builder.Add(smooth.Value, trees);
        }

        var constant = builder.Constant(Tensor.Vector((float)Constant), "constant");
        return smooth is null ? throw new InvalidOperationException("A regression has a smooth part or trees.") : builder.Add(smooth.Value, constant);
    }
}
