using MedTune.Data;

namespace MedTune.Modalities.Treatment;

/// <summary>Regressions of the outcome, one for each arm, fitted on all rows and without each held-out part; every fit is made once, when it is first asked for.</summary>
internal sealed class OutcomeModels(TreatmentTask task, FoldAssignment folds)
{
    /// <summary>Instead of a part: nothing is held out.</summary>
    public const int Everything = -1;

    // Streams of these fits; those of the learners follow.
    private const int StreamsOfABase = 64;

    private readonly Dictionary<(BaseKind Kind, int Without, int Arm), FittedRegression> _fits = [];
    private readonly BaseRegression _regression = new(task.Samples.Features, task.Samples.Groups, task.Seed, task.Pool);

    /// <summary>The rows that a model without a part learns from.</summary>
    public int[] RowsWithout(int part) => part == Everything ? task.Rows : folds.TrainingRows(part);

    /// <summary>The regression of an arm's outcome.</summary>
    /// <param name="kind">The kind of regression.</param>
    /// <param name="without">The part that is held out, or <see cref="Everything"/>.</param>
    /// <param name="arm">The arm.</param>
    public FittedRegression Of(BaseKind kind, int without, int arm)
    {
        if (!_fits.TryGetValue((kind, without, arm), out var fit))
        {
            task.Cancellation.ThrowIfCancellationRequested();
            int[] rows = task.Samples.Received(arm, RowsWithout(without));
            ulong stream = (ulong)((((int)kind * StreamsOfABase) + without + 1) * task.Samples.ArmCount) + (ulong)arm;
            fit = _regression.Fit(kind, rows, task.Samples.OutcomesOf(rows), [], stream);
            _fits.Add((kind, without, arm), fit);
        }

        return fit;
    }

    /// <summary>The outcomes expected under each arm by models without the row's part: rows x arms, NaN for rows that are not learned from.</summary>
    public double[] OutOfFold(BaseKind kind)
    {
        int arms = task.Samples.ArmCount;
        var expected = new double[task.Samples.Count * arms];
        Array.Fill(expected, double.NaN);
        for (int part = 0; part < folds.Folds; part++)
        {
            int[] rows = folds.TestRows(part);
            for (int arm = 0; arm < arms; arm++)
            {
                double[] answers = Of(kind, part, arm).Predict(task.Samples.Features, rows);
                for (int i = 0; i < rows.Length; i++)
                {
                    expected[(rows[i] * arms) + arm] = answers[i];
                }
            }
        }

        return expected;
    }

    /// <summary>The kind whose held-out answers are nearest to the outcomes of the arms that were received; the first of equal ones.</summary>
    public (BaseKind Kind, double[] OutOfFold) Best()
    {
        var candidates = Array.ConvertAll(task.Bases, kind => (Kind: kind, Expected: OutOfFold(kind)));
        return candidates.MinBy(candidate => task.Rows.Sum(row =>
        {
            double residual = task.Samples.Outcomes[row] - candidate.Expected[(row * task.Samples.ArmCount) + task.Samples.Arms[row]];
            return residual * residual;
        }));
    }
}
