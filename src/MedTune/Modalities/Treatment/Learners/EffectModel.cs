using MedTune.Graphs;

namespace MedTune.Modalities.Treatment;

/// <summary>A fitted model of the effects of each arm against the control.</summary>
internal abstract class EffectModel
{
    /// <summary>The effects for some rows: rows x (arms - 1), row by row.</summary>
    /// <param name="features">Known before treatment.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="propensities">Rows x arms, in the order of <paramref name="rows"/>.</param>
    public abstract double[] Effects(FeatureMatrix features, int[] rows, double[] propensities);

    /// <summary>Appends the same to a graph: Float [N, arms - 1].</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="features">Float [N, columns].</param>
    /// <param name="propensities">Float [N, arms].</param>
    public abstract Value Append(GraphBuilder builder, Value features, Value propensities);

    /// <summary>Columns [N, 1] side by side.</summary>
    protected static Value Beside(GraphBuilder builder, IEnumerable<Value> columns)
    {
        Value[] all = [.. columns];
        return all.Length == 1 ? all[0] : builder.Concat(all, 1);
    }

    /// <summary>Writes the answers for one contrast into the effects of all.</summary>
    protected static void Put(double[] effects, int contrasts, int contrast, double[] own)
    {
        for (int i = 0; i < own.Length; i++)
        {
            effects[(i * contrasts) + contrast] = own[i];
        }
    }
}
