using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Evaluation;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>One run on a table: split, validate, fit the final model, judge it.</summary>
internal sealed class TabularExperiment(
    Plan plan, Dataset dataset, ExperimentOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    private readonly List<RunEvent> _events = [];

    /// <summary>A model from nothing needs some of each class; a model that is moved needs one of each to see that both occur.</summary>
    private int FewestGroups => plan.From is null ? 4 : 1;

    private readonly Dataset _dataset = plan.From is { } source ? MovedData.Read(dataset, source.Manifest) : dataset;

    public Run Run()
    {
        var data = plan.From is { } source ? MovedData.For(_dataset, source) : TabularData.For(_dataset, plan.Columns);
        var (outer, sealedRows) = Split(data);
        var candidates = Candidates(data, outer.TrainingRows(-1));
        using var journal = options.CheckpointFolder is { } folder
            ? FitJournal.Open(folder, RunIdentity.Of(plan, _dataset.Digest, outer))
            : FitJournal.InMemory();
        var reporter = new FitProgress(progress, plan.From is null ? "training" : "fine-tuning");
        var runner = new FitRunner(data, journal, plan.Seed, Math.Max(1, options.Threads), reporter.Finished);
        int[] trainRows = [.. Enumerable.Range(0, data.Rows).Where(row => outer.FoldOfRow[row] >= 0 || (options.Folds is not null && !sealedRows.Contains(row)))];
        var validation = Nested(OuterLoop.Of(outer), plan.Search);
        var sites = SiteValidation.For(plan, data, trainRows, loop => Nested(loop, 0));
        reporter.Total = validation.FitCount + 1 + sites.FitCount;
        using var clock = new CancellationTokenSource();
        if (options.TimeLimit is { } limit && limit > TimeSpan.Zero)
        {
            clock.CancelAfter(limit);
        }
        else if (options.TimeLimit is not null)
        {
            clock.Cancel();
        }

        var result = validation.Run(clock.Token, cancellation);
        if (validation.Candidates.Length < candidates.Length)
        {
            Note("time limit", $"left out: {string.Join(", ", candidates.Skip(validation.Candidates.Length).Select(candidate => candidate.Name))}");
        }

        if (validation.Searched < plan.Search)
        {
            Note("search", string.Create(CultureInfo.InvariantCulture, $"{validation.Searched} of {plan.Search} settings tried of each kind of model: the time was up, or there is nothing to search"));
        }

        Note("validated", $"{validation.FitCount} fits in {outer.Folds} outer folds");

        var draft = FitFinal(data, validation.Compared, result.Final, trainRows, runner);
        var outOfFold = OutOfFold(data, result);
        var parts = ImmutableArray.Create(outOfFold);
        if (TestPart(draft, data, sealedRows) is { } test)
        {
            parts = parts.Add(test);
        }

        parts = [.. parts.Select(part => PartSubgroups.Add(part, part.Part == "test" && options.Test is { } given ? MovedData.Read(given, draft.File.Manifest) : _dataset))];
        var sets = SetFigures.Rule(parts[0], data.ClassNames);
        parts = [.. parts.Select(part => SetFigures.Add(part, data.ClassNames, sets, data.Dataset.Patients is not null))];
        var model = draft.WithMetrics(parts, sets);
        var siteFigures = LeaveSitesOut(sites, clock.Token);
        Note("model", $"{model.Manifest.ModelKind}, sha256 {model.Digest}");
        return new Run
        {
            Plan = Spent(validation.Candidates.Length, validation.Searched) with { SiteValidation = plan.SiteValidation && (sites.FitCount == 0 || siteFigures is not null) },
            Model = model,
            Metrics = new RunMetrics(outOfFold.Metrics, parts.Length > 1 ? parts[1].Metrics : Metrics.None),
            Parts = parts,
            Candidates = CandidateResults.Of(validation.Compared, data, result),
            Data = _dataset.Summarize(),
            Events = [.. _events],
            TestDigest = TestDigest(sealedRows),
            Baseline = Baseline.Of(_dataset, sealedRows),
            Contributions = ContributionsOf(model, data, sealedRows, trainRows),
            Sites = siteFigures,
        };

        NestedValidation Nested(OuterLoop loop, int search) => new(data, candidates, loop, plan.InnerFolds, runner, Threshold, search);
    }

    private SiteFigures? LeaveSitesOut(SiteValidation sites, CancellationToken timeIsUp)
    {
        var figures = sites.Run(timeIsUp, cancellation);
        foreach (string note in sites.FitCount > 0 && figures is null ? ["No site was left out in turn: the time was up."] : sites.Notes())
        {
            Note(SiteValidation.Step, note);
        }

        return figures;
    }

    /// <summary>Over the samples kept apart; where there are none, over those the model was fitted to.</summary>
    private ContributionSummary? ContributionsOf(ModelFile model, TabularData data, ImmutableHashSet<int> sealedRows, int[] trainRows)
    {
        if (options.Test is { } given)
        {
            var apart = MovedData.For(MovedData.Read(given, model.Manifest), model);
            return Contributions.Of(model, apart, [.. Enumerable.Range(0, apart.Rows)], "test");
        }

        return sealedRows.IsEmpty ? Contributions.Of(model, data, [.. trainRows], "train") : Contributions.Of(model, data, [.. sealedRows.Order()], "test");
    }

    /// <summary>The plan as far as it was carried out, so that carrying it out again needs no clock.</summary>
    private Plan Spent(int candidates, int searched) => plan.From is null
        ? plan with { Models = plan.Models[..candidates], Search = searched }
        : plan with { Adaptations = candidates, Search = searched };

    private void Note(string step, string detail) => _events.Add(new RunEvent(step, detail));

    private (FoldAssignment Outer, ImmutableHashSet<int> Sealed) Split(TabularData data)
    {
        int[] classes = [.. data.Classes];
        int[] groups = [.. data.Groups];
        if (options.Folds is { } given)
        {
            Note("split", string.Create(CultureInfo.InvariantCulture, $"{given.Folds} folds as given; nothing sealed"));
            return (given, []);
        }

        int[] kept = [.. Enumerable.Range(0, data.Rows)];
        int[] set = [];
        if (options.Test is null && plan.SealedShare > 0)
        {
            (kept, set) = Splits.SealedPart(classes, groups, plan.SealedShare, plan.Seed);
        }

        int folds = FoldCount(data, kept);
        Note("split", string.Create(CultureInfo.InvariantCulture, $"{set.Length} samples sealed, {kept.Length} in {folds} folds"));
        return (Splits.KFold(classes, groups, folds, plan.Seed, kept), [.. set]);
    }

    /// <summary>Never more folds than the rarest class has groups: a fold without a class cannot be judged.</summary>
    private int FoldCount(TabularData data, int[] rows)
    {
        int fewest = int.MaxValue;
        for (int k = 0; k < data.ClassCount; k++)
        {
            int groups = rows.Where(row => data.Classes[row] == k).Select(row => data.Groups[row]).Distinct().Count();
            if (groups < FewestGroups)
            {
                throw new DataException(
                    $"Class '{data.ClassNames[k]}' has only {groups} independent {(groups == 1 ? "patient" : "patients")} to train on; at least {FewestGroups} are needed. Collect more, or join classes with a target rule.");
            }

            fewest = Math.Min(fewest, groups);
        }

        if (fewest < 4 && plan.From is not null)
        {
            Note("few patients", string.Create(
                CultureInfo.InvariantCulture,
                $"the rarest class has {fewest} independent patients: folds without it occur, and the out-of-fold figures say little; judge the model on more patients before use"));
            return Math.Min(plan.Folds, rows.Select(row => data.Groups[row]).Distinct().Count());
        }

        return Math.Clamp(fewest / 2, 2, plan.Folds);
    }

    private ImmutableArray<Candidate> Candidates(TabularData data, int[] rows)
    {
        if (plan.From is { } source)
        {
            int most = Adaptations.MostFor(data.FewestGroups(rows));
            if (most < plan.Adaptations)
            {
                Note("few patients", "the rarest class has too few independent patients to move more of the model than its intercept"
                    + (most == 3 ? " and slope" : ""));
            }

            var all = Adaptations.Of(plan, source, data, [CandidateOf(Plan.LogisticModel, data), CandidateOf(Plan.ForestModel, data)]);
            return all[..Math.Min(all.Length, Math.Min(most, plan.Adaptations))];
        }

        return [.. plan.Models.Select(model => CandidateOf(model, data))];
    }

    private Candidate CandidateOf(string model, TabularData data) => model switch
    {
        Plan.LogisticModel => new LogisticCandidate(plan.Penalties, data.ClassCount),
        Plan.BoostingModel => new BoostingCandidate(data.ClassCount, data.Rows, plan.Seed),
        Plan.ForestModel => new ForestCandidate(data.ClassCount, data.Rows, plan.Seed),
        _ => new PerceptronCandidate(
            plan.HiddenUnits,
            new StochasticOptions
            {
                BatchSize = plan.BatchSize,
                Epochs = plan.Epochs,
                Patience = plan.Patience,
                LearningRate = plan.LearningRate,
            },
            data.ClassCount,
            plan.Seed),
    };

    private double Threshold(float[] margins, int[] classes) =>
        ThresholdRule.Parse(plan.Threshold).Choose(Array.ConvertAll(ClassProbabilities.Of(margins, 2), p => (double)p[1]), classes).Threshold;

    private FinalModel FitFinal(TabularData data, ImmutableArray<Candidate> candidates, Choice choice, int[] rows, FitRunner runner)
    {
        var candidate = candidates[choice.Score.Candidate];
        var set = new FitSet(FitSet.FinalKey, rows, rows, 0);
        if (candidate is StackCandidate)
        {
            return FitStack(data, candidates, choice, set, runner);
        }

        var space = runner.Measure(set);
        var (member, setting) = CandidateFamily.MemberOf(candidate, choice.Score.Setting);
        var head = runner.Fit(set, space, member, setting, cancellation);
        Note("final fit", $"{candidate.Name}, {candidate.Settings[choice.Score.Setting]}, calibration {choice.Score.Calibration.Name}");
        return FinalModel.Create(plan, data, member, choice, head, space, rows);
    }

    private FinalModel FitStack(TabularData data, ImmutableArray<Candidate> candidates, Choice choice, FitSet set, FitRunner runner)
    {
        var heads = new List<(TabularHead, MarginCalibration, double)>();
        var words = new List<string>();
        var space = runner.Measure(set);
        for (int member = 0; member < choice.Score.Weights.Length; member++)
        {
            double weight = choice.Score.Weights[member];
            if (weight > 0)
            {
                var score = choice.Scores[member];
                var (fitting, setting) = CandidateFamily.MemberOf(candidates[member], score.Setting);
                heads.Add((runner.Fit(set, space, fitting, setting, cancellation), score.Calibration, weight));
                words.Add(string.Create(CultureInfo.InvariantCulture, $"{weight:0.0} {candidates[member].Name} ({candidates[member].Settings[score.Setting]})"));
            }
        }

        Note("final fit", $"stack: {string.Join(" + ", words)}");
        return FinalModel.Create(plan, data, candidates[^1], choice, StackCandidate.Join(heads), space, set.TrainRows);
    }

    private static PartEvaluation OutOfFold(TabularData data, NestedValidationResult result)
    {
        var predictions = new List<SamplePrediction>();
        foreach (var fold in result.Folds)
        {
            float[][] probabilities = ClassProbabilities.Of(fold.Margins, data.ClassCount);
            for (int i = 0; i < fold.Rows.Length; i++)
            {
                predictions.Add(PartEvaluator.Answered(data.Sample(fold.Rows[i], fold.Fold), probabilities[i], fold.Choice.Threshold));
            }
        }

        return PartEvaluator.Evaluate("oof", predictions.OrderBy(prediction => prediction.Row), data.ClassNames, data.Dataset.Patients is not null);
    }

    private PartEvaluation? TestPart(FinalModel draft, TabularData data, ImmutableHashSet<int> sealedRows)
    {
        if (options.Test is { } given)
        {
            return ModelEvaluation.Of(draft.File, given, "test");
        }

        return sealedRows.IsEmpty ? null : ModelEvaluation.Of(draft.File, data, [.. sealedRows.Order()], "test");
    }

    private string TestDigest(ImmutableHashSet<int> sealedRows)
    {
        if (options.Test is { } given)
        {
            return given.Digest;
        }

        return sealedRows.IsEmpty ? "" : RunIdentity.OfRows(_dataset, sealedRows.Order());
    }
}
