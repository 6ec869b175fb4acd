using System.Collections.Immutable;
using MedTune.Columns;
using MedTune.Data;
using MedTune.Graphs;

namespace MedTune.Modalities.Treatment;

/// <summary>The outcome of a search: the learner that did best on patients it had not seen, drawn towards no difference, and what the others did.</summary>
internal sealed class TreatmentModel
{
    private readonly TreatmentTask _task;
    private readonly EffectModel _effects;
    private readonly FittedRegression _control;

    private TreatmentModel(TreatmentTask task, EffectModel effects, FittedRegression control) => (_task, _effects, _control) = (task, effects, control);

    /// <summary>Same effect for everybody: what every learner is held against.</summary>
    public const string Alike = "same effect for everybody";

    /// <summary>The chosen learner, or <see cref="Alike"/>.</summary>
    public required string Chosen { get; init; }

    /// <summary>The share of the chosen learner's differences that is kept, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>All learners, in the order tried.</summary>
    public required ImmutableArray<LearnerResult> Learners { get; init; }

    /// <summary>The kind of regression that expects the outcomes.</summary>
    public required BaseKind OutcomeKind { get; init; }

    /// <summary>The propensities.</summary>
    public required Propensities Propensities { get; init; }

    /// <summary>Cross-fitted propensities and outcomes of the rows learned from.</summary>
    public required Nuisances Nuisances { get; init; }

    /// <summary>For each learner its effects for every sample, rows x contrasts, by models on all rows; only where <see cref="Fit"/> was asked for them.</summary>
    public ImmutableArray<(string Name, EffectModel Model)> Others { get; private init; } = [];

    /// <summary>Searches.</summary>
    /// <param name="task">On which rows.</param>
    /// <param name="keepsOthers">Whether the learners that were not chosen are fitted on all rows too, to be reported.</param>
    public static TreatmentModel Fit(TreatmentTask task, bool keepsOthers = false)
    {
        var folds = Splits.KFold(task.Samples.Arms, task.Samples.Groups, task.Folds, task.Seed, task.Rows);
        var outcomes = new OutcomeModels(task, folds);
        var propensities = Propensities.Fit(task, folds);
        var (kind, expected) = outcomes.Best();
        var nuisances = new Nuisances(propensities.Values, expected, propensities.IsOutside, task.Samples.ArmCount);
        int[] inside = Array.FindAll(task.Rows, row => !nuisances.IsOutside[row]);
        var judge = new HeldOutEffects(task, nuisances, inside.Length > 0 ? inside : task.Rows);
        var learners = EffectLearner.All(task.Bases);
        double[] alike = OutOfFold(task, folds, (part, rows) => AlikeFor(judge, folds, part, rows));
        var results = ImmutableArray.CreateBuilder<LearnerResult>();
        results.Add(judge.Judge(Alike, alike, alike));
        for (int number = 0; number < learners.Length; number++)
        {
            var learner = learners[number];
            int own = number;
            double[] effects = OutOfFold(task, folds, (part, rows) =>
            {
                task.Cancellation.ThrowIfCancellationRequested();
                return learner.Fit(Input(part, own)).Effects(task.Samples.Features, rows, Take(propensities.Values, rows, task.Samples.ArmCount));
            });
            results.Add(judge.Judge(learner.Name, effects, alike));
        }

        int best = results.Select((result, place) => (result.Loss, place)).Min().place;
        double share = best == 0 ? 0 : Shrinkage.Share(results[best].Slope, results[best].SlopeError);
        EffectModel? chosen = share == 0 ? null : learners[best - 1].Fit(Input(OutcomeModels.Everything, best - 1));
        return new TreatmentModel(task, new ShrunkModel(chosen, Means(task, chosen, judge), share), outcomes.Of(kind, OutcomeModels.Everything, 0))
        {
            Chosen = share == 0 ? Alike : results[best].Name,
            Share = share,
            Learners = results.ToImmutable(),
            OutcomeKind = kind,
            Propensities = propensities,
            Nuisances = nuisances,
            Others = keepsOthers ? [.. learners.Select((learner, number) => (learner.Name, learner.Fit(Input(OutcomeModels.Everything, number))))] : [],
        };

        LearnerInput Input(int part, int number) =>
            new(task, outcomes, kind, nuisances, part, ((ulong)(number + 1) << 10) + ((ulong)(part + 1) << 6) + (1UL << 16));
    }

    /// <summary>The effects of each arm against the control for rows that were not learned from: rows x (arms - 1).</summary>
    public double[] Effects(int[] rows) => _effects.Effects(_task.Samples.Features, rows, Propensities.Predict(rows));

    /// <summary>The outcome expected under each arm for rows that were not learned from: rows x arms.</summary>
    public double[] Outcomes(int[] rows)
    {
        int arms = _task.Samples.ArmCount;
        double[] control = _control.Predict(_task.Samples.Features, rows);
        double[] effects = Effects(rows);
        var outcomes = new double[rows.Length * arms];
        for (int i = 0; i < rows.Length; i++)
        {
            outcomes[i * arms] = control[i];
            for (int arm = 1; arm < arms; arm++)
            {
                outcomes[(i * arms) + arm] = control[i] + effects[(i * (arms - 1)) + arm - 1];
            }
        }

        return outcomes;
    }

    /// <summary>The names of a graph's outputs.</summary>
    internal const string OutcomesOutput = "outcomes", EffectsOutput = "effects", PropensitiesOutput = "propensities", InsideOutput = "in-overlap";

    /// <summary>The model as one graph from raw columns: outcome under each arm, effect of each arm against the control, propensities, and whether the patient lies inside overlap.</summary>
    /// <param name="columns">From raw columns to features, as <see cref="TreatmentData.Measure"/> made it for the rows learned from.</param>
    public Graph ToGraph(Graph columns)
    {
        var builder = GraphBuilder.From(columns);
        builder.ClearOutputs();
        var features = builder[ColumnPreprocessing.TreeFeatures];
        var propensities = Propensities.Append(builder, features);
        var effects = _effects.Append(builder, features, propensities);
        var control = _control.Append(builder, features);
        builder.Output(builder.Concat([control, builder.Add(control, effects)], 1), OutcomesOutput);
        builder.Output(effects, EffectsOutput);
        builder.Output(propensities, PropensitiesOutput);
        builder.Output(Propensities.AppendInside(builder, features), InsideOutput);
        return builder.Build();
    }

    /// <summary>The mean effects of the model itself, so that drawing towards them moves no average; of the scores where there is no model.</summary>
    private static double[] Means(TreatmentTask task, EffectModel? model, HeldOutEffects judge)
    {
        if (model is null)
        {
            return judge.Averages();
        }

        int contrasts = task.Samples.ArmCount - 1;
        double[] effects = model.Effects(task.Samples.Features, judge.Rows, Take(judge.Nuisances.Propensities, judge.Rows, contrasts + 1));
        return [.. Enumerable.Range(0, contrasts).Select(contrast => Enumerable.Range(0, judge.Rows.Length).Average(i => effects[(i * contrasts) + contrast]))];
    }

    private static double[] AlikeFor(HeldOutEffects judge, FoldAssignment folds, int part, int[] rows)
    {
        int[] others = Array.FindAll(judge.Rows, row => folds.FoldOfRow[row] != part);
        double[] means = (others.Length > 0 ? judge with { Rows = others } : judge).Averages();
        return [.. rows.SelectMany(_ => means)];
    }

    private static double[] OutOfFold(TreatmentTask task, FoldAssignment folds, Func<int, int[], double[]> effects)
    {
        int contrasts = task.Samples.ArmCount - 1;
        var all = new double[task.Samples.Count * contrasts];
        for (int part = 0; part < folds.Folds; part++)
        {
            int[] rows = folds.TestRows(part);
            double[] own = effects(part, rows);
            for (int i = 0; i < rows.Length; i++)
            {
                own.AsSpan(i * contrasts, contrasts).CopyTo(all.AsSpan(rows[i] * contrasts));
            }
        }

        return all;
    }

    private static double[] Take(double[] values, int[] rows, int width)
    {
        var taken = new double[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            values.AsSpan(rows[i] * width, width).CopyTo(taken.AsSpan(i * width));
        }

        return taken;
    }
}
