using MedTune.Data;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Treatment;

/// <summary>Propensities by cross-fitting: those that effects are weighed with, and those of boosting, by which patients without overlap are found.</summary>
/// <remarks>A region without overlap is a corner of the covariates, which a logistic model smooths away; trees see it.</remarks>
internal sealed class Propensities
{
    private readonly PropensityModel? _chosen;
    private readonly PropensityModel? _boosted;
    private readonly TreatmentTask _task;

    private Propensities(TreatmentTask task, PropensityKind kind, double[] values, bool[] isOutside, PropensityModel? chosen, PropensityModel? boosted)
    {
        (_task, Kind, Values, IsOutside) = (task, kind, values, isOutside);
        (_chosen, _boosted) = (chosen, boosted);
    }

    /// <summary>Which were chosen: the kind with the smaller held-out log-loss, or those of the design.</summary>
    public PropensityKind Kind { get; }

    /// <summary>The held-out log-loss of the smooth and of the boosted propensities; NaN where the design says them.</summary>
    public (double Smooth, double Boosted) Losses { get; private init; } = (double.NaN, double.NaN);

    /// <summary>Cross-fitted, rows x arms; NaN for rows that are not learned from.</summary>
    public double[] Values { get; }

    /// <summary>For each row whether some arm hardly ever occurs among patients like it.</summary>
    public bool[] IsOutside { get; }

    /// <summary>Fits on the rows of a task, by parts and on all of them.</summary>
    public static Propensities Fit(TreatmentTask task, FoldAssignment folds)
    {
        if (task.Samples.KnownPropensities is { } known)
        {
            return new Propensities(task, PropensityKind.Known, known, new bool[task.Samples.Count], null, null);
        }

        var (smooth, smoothValues, smoothLoss) = CrossFit(task, folds, PropensityModel.Smooth, 1 << 20);
        var (boosted, boostedValues, boostedLoss) = CrossFit(task, folds, PropensityModel.Boosted, 1 << 21);
        bool isSmooth = smoothLoss < boostedLoss;
        return new Propensities(
            task,
            isSmooth ? PropensityKind.Smooth : PropensityKind.Boosted,
            isSmooth ? smoothValues : boostedValues,
            IsBelow(boostedValues, task.Samples.ArmCount, task.LeastPropensity),
            isSmooth ? smooth : boosted,
            boosted)
        {
            Losses = (smoothLoss, boostedLoss),
        };
    }

    /// <summary>The propensities of rows that were not learned from: rows x arms, in the order given.</summary>
    public double[] Predict(int[] rows)
    {
        int arms = _task.Samples.ArmCount;
        return _chosen is null
            ? [.. rows.SelectMany(row => Values.AsSpan(row * arms, arms).ToArray())]
            : _chosen.Predict(_task.Samples.Features, rows);
    }

    /// <summary>For rows that were not learned from, whether some arm hardly ever occurs among patients like them.</summary>
    public bool[] PredictOutside(int[] rows)
    {
        int arms = _task.Samples.ArmCount;
        return _boosted is null ? new bool[rows.Length] : IsBelow(_boosted.Predict(_task.Samples.Features, rows), arms, _task.LeastPropensity);
    }

    /// <summary>Appends the propensities to a graph: Float [N, arms].</summary>
    public Value Append(GraphBuilder builder, Value features) => _chosen is null
        ? GraphColumns.Constant(builder, features, Values[..(_task.Samples.ArmCount)])
        : _chosen.Append(builder, features);

    /// <summary>Appends whether every arm occurs among patients like these: Float [N, 1], 1 inside overlap and 0 outside.</summary>
    public Value AppendInside(GraphBuilder builder, Value features)
    {
        if (_boosted is null)
        {
            return GraphColumns.Constant(builder, features, [1]);
        }

        var smallest = builder.Negate(builder.ReduceMax(builder.Negate(_boosted.Append(builder, features)), [1L]));
        var least = builder.Constant(Tensor.Vector((float)_task.LeastPropensity), "least-propensity");
        return builder.Cast(builder.GreaterOrEqual(smallest, least), ElementType.Float);
    }

    private static (PropensityModel Model, double[] Values, double Loss) CrossFit(
        TreatmentTask task, FoldAssignment folds, Func<TreatmentTask, int[], ulong, PropensityModel> fit, ulong stream)
    {
        int arms = task.Samples.ArmCount;
        int width = arms == 2 ? 1 : arms;
        var margins = new float[task.Rows.Length * width];
        int[] places = new int[task.Samples.Count];
        for (int i = 0; i < task.Rows.Length; i++)
        {
            places[task.Rows[i]] = i;
        }

        for (int part = 0; part < folds.Folds; part++)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            int[] held = folds.TestRows(part);
            float[] own = fit(task, folds.TrainingRows(part), stream + (ulong)part + 1).Margins(task.Samples.Features, held);
            for (int i = 0; i < held.Length; i++)
            {
                own.AsSpan(i * width, width).CopyTo(margins.AsSpan(places[held[i]] * width));
            }
        }

        int[] classes = Array.ConvertAll(task.Rows, row => task.Samples.Arms[row]);
        var (calibration, losses) = MarginCalibration.Choose(margins, classes, Array.ConvertAll(task.Rows, row => folds.FoldOfRow[row]));
        double[] chances = PropensityModel.Chances(calibration.Apply(margins), arms);
        var values = new double[task.Samples.Count * arms];
        Array.Fill(values, double.NaN);
        for (int i = 0; i < task.Rows.Length; i++)
        {
            chances.AsSpan(i * arms, arms).CopyTo(values.AsSpan(task.Rows[i] * arms));
        }

        return (fit(task, task.Rows, stream).With(calibration), values, Reductions.Sum(losses) / losses.Length);
    }

    // Not "at least" but "not below": a row without propensities is not flagged.
    private static bool[] IsBelow(double[] values, int arms, double least) =>
        [.. Enumerable.Range(0, values.Length / arms).Select(row => values.AsSpan(row * arms, arms).ContainsAnyInRange(double.NegativeInfinity, Math.BitDecrement(least)))];
}
