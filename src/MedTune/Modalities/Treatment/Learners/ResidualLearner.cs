namespace MedTune.Modalities.Treatment;

/// <summary>R: the effect that best explains what outcomes and treatment leave unexplained (Robinson's residuals).</summary>
internal sealed class ResidualLearner(BaseKind kind) : EffectLearner(kind)
{
    // A row whose treatment was all but certain tells nothing of the effect; its weight only must not be 0.
    private const double LeastResidual = 0.01;

    public override string Letter => "R";

    public override EffectModel Fit(LearnerInput input)
    {
        var (samples, nuisances) = (input.Samples, input.Nuisances);
        var effects = new FittedRegression[samples.ArmCount - 1];
        for (int arm = 1; arm < samples.ArmCount; arm++)
        {
            int[] rows = Array.FindAll(input.RowsInside(arm), row => samples.Arms[row] == 0 || samples.Arms[row] == arm);
            var targets = new double[rows.Length];
            var weights = new double[rows.Length];
            for (int i = 0; i < rows.Length; i++)
            {
                int first = rows[i] * samples.ArmCount;
                double share = nuisances.Pairwise(rows[i], arm);
                double expected = (share * nuisances.Outcomes[first + arm]) + ((1 - share) * nuisances.Outcomes[first]);
                double residual = samples.Arms[rows[i]] == arm ? Math.Max(LeastResidual, 1 - share) : -Math.Max(LeastResidual, share);
                targets[i] = (samples.Outcomes[rows[i]] - expected) / residual;
                weights[i] = residual * residual;
            }

            effects[arm - 1] = input.Fit(Kind, rows, targets, RowWeights.ToMeanOne(weights), arm);
        }

        return new DirectModel(effects);
    }
}
