using MedTune.Graphs;

namespace MedTune.Modalities.Treatment;

/// <summary>T: a regression of the outcome for each arm; the effect is their difference.</summary>
internal sealed class TwoModelLearner(BaseKind kind) : EffectLearner(kind)
{
    public override string Letter => "T";

    public override EffectModel Fit(LearnerInput input) =>
        new Model([.. Enumerable.Range(0, input.Samples.ArmCount).Select(arm => input.Outcomes.Of(Kind, input.Without, arm))]);

    private sealed class Model(FittedRegression[] outcomes) : EffectModel
    {
        public override double[] Effects(FeatureMatrix features, int[] rows, double[] propensities)
        {
            int contrasts = outcomes.Length - 1;
            var effects = new double[rows.Length * contrasts];
            double[] control = outcomes[0].Predict(features, rows);
            for (int contrast = 0; contrast < contrasts; contrast++)
            {
                double[] treated = outcomes[contrast + 1].Predict(features, rows);
                Put(effects, contrasts, contrast, [.. treated.Zip(control, (a, b) => a - b)]);
            }

            return effects;
        }

        public override Value Append(GraphBuilder builder, Value features, Value propensities)
        {
            var control = outcomes[0].Append(builder, features);
            return Beside(builder, outcomes.Skip(1).Select(treated => builder.Subtract(treated.Append(builder, features), control)));
        }
    }
}
