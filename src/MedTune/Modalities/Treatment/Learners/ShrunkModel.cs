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
}
