using MedTune.Graphs;

namespace MedTune.Modalities.Treatment;

/// <summary>S: one regression of the outcome with the arm as one more column; the effect is what changing that column changes.</summary>
internal sealed class SingleModelLearner(BaseKind kind) : EffectLearner(kind)
{
    public override string Letter => "S";

    public override EffectModel Fit(LearnerInput input)
    {
        var samples = input.Samples;
        int[] rows = input.Rows;
        var features = samples.Features.With(Array.ConvertAll(samples.Arms, arm => (float)arm));
        return new Model(input.Regression(features).Fit(Kind, rows, samples.OutcomesOf(rows), [], input.Stream), samples.ArmCount);
    }

    private sealed class Model(FittedRegression outcome, int arms) : EffectModel
    {
        public override Value Append(GraphBuilder builder, Value features, Value propensities)
        {
            var control = Under(0);
            return Beside(builder, Enumerable.Range(1, arms - 1).Select(arm => builder.Subtract(Under(arm), control)));

            Value Under(int arm) => outcome.Append(builder, builder.Concat([features, GraphColumns.Constant(builder, features, [arm])], 1));
        }

        public override double[] Effects(FeatureMatrix features, int[] rows, double[] propensities)
        {
            var effects = new double[rows.Length * (arms - 1)];
            double[] control = Under(0);
            for (int arm = 1; arm < arms; arm++)
            {
                Put(effects, arms - 1, arm - 1, [.. Under(arm).Zip(control, (a, b) => a - b)]);
            }

            return effects;

            double[] Under(int arm)
            {
                var codes = new float[features.Values.Length / features.Width];
                Array.Fill(codes, arm);
                return outcome.Predict(features.With(codes), rows);
            }
        }
    }
}
