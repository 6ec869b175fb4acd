using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Modalities.Treatment;

/// <summary>Effects drawn towards their mean: the share of the difference between patients that held-out data bear out.</summary>
/// <param name="inner">The model; null for the same effect for everybody.</param>
/// <param name="means">The mean effect of each arm against the control.</param>
/// <param name="share">From 0 (no difference between patients) to 1 (all of it).</param>
internal sealed class ShrunkModel(EffectModel? inner, double[] means, double share) : EffectModel
{
    public override double[] Effects(FeatureMatrix features, int[] rows, double[] propensities)
    {
        double[] effects = inner is null || share == 0
            ? [.. Enumerable.Range(0, rows.Length).SelectMany(_ => means)]
            : inner.Effects(features, rows, propensities);
        for (int i = 0; inner is not null && share > 0 && i < effects.Length; i++)
        {
            double mean = means[i % means.Length];
            effects[i] = mean + (share * (effects[i] - mean));
        }

        return effects;
    }

    public override Value Append(GraphBuilder builder, Value features, Value propensities)
    {
        if (inner is null || share == 0)
        {
            return GraphColumns.Constant(builder, features, means);
        }

        var mean = builder.Constant(new Tensor<float>(new Shape(1, means.Length), Array.ConvertAll(means, value => (float)value)), "mean-effects");
        var kept = builder.Constant(Tensor.Vector((float)share), "share-kept");
        return builder.Add(mean, builder.Multiply(kept, builder.Subtract(inner.Append(builder, features, propensities), mean)));
    }
}
