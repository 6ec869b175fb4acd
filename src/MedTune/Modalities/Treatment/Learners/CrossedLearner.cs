using MedTune.Graphs;

namespace MedTune.Modalities.Treatment;

/// <summary>X: each patient's outcome less what the other arm's regression expects, learned in both arms and mixed by propensity.</summary>
internal sealed class CrossedLearner(BaseKind kind) : EffectLearner(kind)
{
    public override string Letter => "X";

    public override EffectModel Fit(LearnerInput input)
    {
        var samples = input.Samples;
        int[] controls = samples.Received(0, input.Rows);
        var control = input.Outcomes.Of(input.OutcomeKind, input.Without, 0);
        var inControls = new FittedRegression[samples.ArmCount - 1];
        var inTreated = new FittedRegression[samples.ArmCount - 1];
        for (int arm = 1; arm < samples.ArmCount; arm++)
        {
            int[] treated = samples.Received(arm, input.Rows);
            double[] gained = [.. samples.OutcomesOf(treated).Zip(control.Predict(samples.Features, treated), (own, other) => own - other)];
            double[] missed = [.. input.Outcomes.Of(input.OutcomeKind, input.Without, arm).Predict(samples.Features, controls)
                .Zip(samples.OutcomesOf(controls), (other, own) => other - own)];
            inTreated[arm - 1] = input.Fit(Kind, treated, gained, [], 2 * arm);
            inControls[arm - 1] = input.Fit(Kind, controls, missed, [], (2 * arm) + 1);
        }

        return new Model(inControls, inTreated);
    }

    private sealed class Model(FittedRegression[] inControls, FittedRegression[] inTreated) : EffectModel
    {
        public override Value Append(GraphBuilder builder, Value features, Value propensities)
        {
            var control = GraphColumns.Take(builder, propensities, 0);
            return Beside(builder, Enumerable.Range(0, inControls.Length).Select(contrast =>
            {
                var treated = GraphColumns.Take(builder, propensities, contrast + 1);
                var share = builder.Divide(treated, builder.Add(control, treated));
                var fromTreated = inTreated[contrast].Append(builder, features);
                var fromControls = inControls[contrast].Append(builder, features);
                return builder.Add(fromTreated, builder.Multiply(share, builder.Subtract(fromControls, fromTreated)));
            }));
        }

        public override double[] Effects(FeatureMatrix features, int[] rows, double[] propensities)
        {
            int contrasts = inControls.Length;
            int arms = contrasts + 1;
            var effects = new double[rows.Length * contrasts];
            for (int contrast = 0; contrast < contrasts; contrast++)
            {
                double[] fromControls = inControls[contrast].Predict(features, rows);
                double[] fromTreated = inTreated[contrast].Predict(features, rows);
                for (int i = 0; i < rows.Length; i++)
                {
                    double control = propensities[i * arms], treated = propensities[(i * arms) + contrast + 1];

                    // Where treatment is rare the outcome without it is known well: what the treated gained over it counts most there.
                    double share = treated / (control + treated);
                    effects[(i * contrasts) + contrast] = (share * fromControls[i]) + ((1 - share) * fromTreated[i]);
                }
            }

            return effects;
        }
    }
}
