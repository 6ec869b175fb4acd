namespace MedTune.Modalities.Treatment;

/// <summary>A fitted model of the effects of each arm against the control.</summary>
internal abstract class EffectModel
{
    /// <summary>The effects for some rows: rows x (arms - 1), row by row.</summary>
    /// <param name="features">Known before treatment.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="propensities">Rows x arms, in the order of <paramref name="rows"/>.</param>
    public abstract double[] Effects(FeatureMatrix features, int[] rows, double[] propensities);

    /// <summary>Writes the answers for one contrast into the effects of all.</summary>
    protected static void Put(double[] effects, int contrasts, int contrast, double[] own)
    {
        for (int i = 0; i < own.Length; i++)
        {
            effects[(i * contrasts) + contrast] = own[i];
        }
    }
}
