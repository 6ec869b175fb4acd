using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MedTune.Data.Genes;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>A run on gene data: the final model, its validation on outer folds by the same procedure, and the evidence.</summary>
internal sealed class GeneExperiment(Plan plan, GeneSet set, ExperimentOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    private readonly List<RunEvent> _events = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Carries the plan out.</summary>
    public Run Run()
    {
        var data = DataOf(set);
        var split = GeneSplit.Of(plan, data, options.Folds);
        Note("split", split.Words);
        using var pool = new TaskPool(Math.Max(1, options.Threads));
        using var journal = options.CheckpointFolder is { } folder ? FitJournal.Open(folder, RunIdentity.Of(plan, set.Digest, split.Outer)) : FitJournal.InMemory();
        var models = GeneCandidates.Suiting(plan, data);
        ImmutableArray<GeneCandidate> candidates = [.. models.Select(model => GeneCandidates.Of(model, plan.Genes!))];
        int asked = Math.Min(plan.Genes!.FoldsInTime ?? split.Outer.Folds, split.Outer.Folds);
        var fits = new GeneFits(plan, data, journal, pool, progress, cancellation) { Total = candidates.Length * (asked + 1) };

        // Each candidate will be fitted once more for each fold, to nearly as many samples.
        var final = fits.Fit("final", split.Learned, candidates, 0, () => TimeIsUp(_watch.Elapsed * asked));
        var took = _watch.Elapsed;
        if (final.Members.Length < candidates.Length)
        {
            Note("time limit", $"left out: {string.Join(", ", candidates.Skip(final.Members.Length).Select(candidate => candidate.Name))}");
            candidates = candidates[..final.Members.Length];
            fits.Total = candidates.Length * (asked + 1);
        }

        foreach (var member in final.Members)
        {
            Note("final fit", string.Create(CultureInfo.InvariantCulture,
                $"{member.Name}, {member.Fit.Setting}, calibration {member.Calibration.Name}, log-loss {member.CheckedLoss:0.####} by inner folds, counts {member.Weight:0.###}"));
        }

        var folds = Validate(split, fits, candidates, asked, took);
        var draft = GeneModel.Create(plan, set, data, final, split.Learned);
        var parts = ImmutableArray.Create(PartEvaluator.Evaluate(
            "oof", folds.SelectMany(Answers).OrderBy(prediction => prediction.Row), data.ClassNames, GeneEvaluation.HasGroups(set)));
        if (split.Test.Length > 0)
        {
            parts = parts.Add(GeneEvaluation.Of(draft.File, set, split.Test, "test", options.Threads));
        }

        var sets = SetFigures.Rule(parts[0], data.ClassNames);
        parts = [.. parts.Select(part => GeneEvaluation.WithSubgroups(SetFigures.Add(part, data.ClassNames, sets, GeneEvaluation.HasGroups(set)), set))];
        var model = draft.WithMetrics(parts, sets);
        Note("model", $"{model.Manifest.ModelKind}, sha256 {model.Digest}");
        var shuffled = Shuffle(data, split, pool);
        return new Run
        {
            Plan = plan with
            {
                Models = models[..candidates.Length],
                Genes = plan.Genes with
                {
                    FoldsInTime = folds.Length < split.Outer.Folds ? folds.Length : null,
                    Permutations = shuffled is not null && TimeIsUp(TimeSpan.Zero) ? Math.Min(PermutationTest.Asked(shuffled.Times), plan.Genes.Permutations) : plan.Genes.Permutations,
                },
            },
            Model = model,
            Metrics = new RunMetrics(parts[0].Metrics, parts.Length > 1 ? parts[1].Metrics : Metrics.None),
            Parts = parts,
            Candidates = GeneResults.Of(data, final, folds),
            Data = set.Summarize(),
            Events = [.. _events],
            TestDigest = split.Test.Length > 0 ? set.DigestOfRows(split.Test) : "",
            Genes = GeneEvidenceMaker.Of(set, data, final, model, split, options.Threads) with { Shuffled = shuffled },
        };
    }

    /// <summary>Samples as models see them.</summary>
    public static GeneData DataOf(GeneSet set) => new()
    {
        Input = set.Form,
        ClassNames = set.Classes,
        Classes = set.Labels,
        Groups = set.Groups,
        Features = set.Features,
        Values = set.Values,
        Sequences = set.Sequences,
        Length = set.Sequences.IsEmpty ? 0 : set.Sequences.Max(letters => letters.Length),
    };

    /// <summary>The whole procedure again for each outer fold, as many as the time allows but at least one.</summary>
    private ImmutableArray<GeneFold> Validate(GeneSplit split, GeneFits fits, ImmutableArray<GeneCandidate> candidates, int asked, TimeSpan eachTook)
    {
        var folds = ImmutableArray.CreateBuilder<GeneFold>();
        for (int fold = 0; fold < asked; fold++)
        {
            if (fold > 0 && options.Folds is null && TimeIsUp(eachTook))
            {
                Note("time limit", string.Create(CultureInfo.InvariantCulture, $"{fold} of {split.Outer.Folds} folds were judged out of fold"));
                break;
            }

            var choice = fits.Fit(string.Create(CultureInfo.InvariantCulture, $"outer {fold}"), split.Outer.TrainingRows(fold), candidates, (ulong)fold + 1, () => false);
            folds.Add(fits.Judge(fold, split.Outer.TestRows(fold), choice));
        }

        return folds.ToImmutable();
    }

    /// <summary>What chance reaches, in as many shufflings as the time allows; null for sequences, and where it was not asked for.</summary>
    private ShuffledLabels? Shuffle(GeneData data, GeneSplit split, TaskPool pool) => data.Input == GeneForm.Sequence || plan.Genes!.Permutations == 0
        ? null
        : ShuffledLabels.Of(
            PermutationTest.Run(data, split.Outer, new PermutationOptions { Permutations = plan.Genes.Permutations }, plan.Seed, pool, () => TimeIsUp(TimeSpan.Zero), cancellation),
            data.ClassNames.Length);

    private IEnumerable<SamplePrediction> Answers(GeneFold fold)
    {
        float[][] probabilities = ClassProbabilities.Of(fold.Joined, set.Classes.Length);
        return fold.Rows.Select((row, i) => PartEvaluator.Answered(GeneEvaluation.Sample(set, row, fold.Fold), probabilities[i], fold.Model.Threshold));
    }

    /// <summary>Whether so much time is not left; a plan that says how far to go needs no clock.</summary>
    private bool TimeIsUp(TimeSpan needed) => plan.Genes is { FoldsInTime: null } && options.TimeLimit is { } limit && _watch.Elapsed + needed > limit;

    private void Note(string step, string detail) => _events.Add(new RunEvent(step, detail));
}
