using MedTune.Graphs;

namespace MedTune.Modalities.Treatment;

/// <summary>One regression of the effect for each arm.</summary>
internal sealed class DirectModel(FittedRegression[] effects) : EffectModel
{
    public override double[] Effects(FeatureMatrix features, int[] rows, double[] propensities)
    {
        var answers = new double[rows.Length * effects.Length];
        for (int contrast = 0; contrast < effects.Length; contrast++)
        {
            Put(answers, effects.Length, contrast, effects[contrast].Predict(features, rows));
        }

        return answers;
    }

    public override Value Append(GraphBuilder builder, Value features, Value propensities) =>
        Beside(builder, effects.Select(effect => effect.Append(builder, features)));
}
