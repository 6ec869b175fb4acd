namespace MedTune.Modalities.Treatment;

/// <summary>What a learner may use: the rows outside one held-out part, and models that have not seen that part.</summary>
/// <param name="Task">The search.</param>
/// <param name="Outcomes">Regressions of the outcome by arm.</param>
/// <param name="OutcomeKind">The kind of them that the held-out answers favour.</param>
/// <param name="Nuisances">Cross-fitted propensities and expected outcomes of the rows.</param>
/// <param name="Without">The part that is held out, or <see cref="OutcomeModels.Everything"/>.</param>
/// <param name="Stream">Tells this fit from the others of the run.</param>
internal sealed record LearnerInput(TreatmentTask Task, OutcomeModels Outcomes, BaseKind OutcomeKind, Nuisances Nuisances, int Without, ulong Stream)
{
    /// <summary>All samples.</summary>
    public TreatmentSamples Samples => Task.Samples;

    /// <summary>The rows to learn from.</summary>
    public int[] Rows => Outcomes.RowsWithout(Without);

    /// <summary>Those of them inside overlap; all where that leaves none of an arm.</summary>
    public int[] RowsInside(int arm)
    {
        int[] inside = Array.FindAll(Rows, row => !Nuisances.IsOutside[row]);
        return Samples.Received(arm, inside).Length > 0 && Samples.Received(0, inside).Length > 0 ? inside : Rows;
    }

    /// <summary>Fits a regression on the columns.</summary>
    public FittedRegression Fit(BaseKind kind, int[] rows, double[] targets, double[] weights, int part) =>
        Regression(Samples.Features).Fit(kind, rows, targets, weights, Stream + (ulong)part);

    /// <summary>Fits regressions on other columns.</summary>
    public BaseRegression Regression(FeatureMatrix features) => new(features, Samples.Groups, Task.Seed, Task.Pool);
}
