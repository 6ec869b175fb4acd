namespace MedTune.Modalities.Treatment;

/// <summary>DR: a regression of the doubly robust scores of the effect, each row weighed by how much overlap it has.</summary>
internal sealed class DoublyRobustLearner(BaseKind kind) : EffectLearner(kind)
{
    public override string Letter => "DR";

    public override EffectModel Fit(LearnerInput input)
    {
        var effects = new FittedRegression[input.Samples.ArmCount - 1];
        for (int arm = 1; arm < input.Samples.ArmCount; arm++)
        {
            int own = arm;
            int[] rows = input.RowsInside(arm);
            double[] scores = Array.ConvertAll(rows, row => input.Nuisances.Score(input.Samples, row, own));
            double[] weights = Array.ConvertAll(rows, row => input.Nuisances.Overlap(row, own));
            effects[arm - 1] = input.Fit(Kind, rows, scores, RowWeights.ToMeanOne(weights), arm);
        }

        return new DirectModel(effects);
    }
}
