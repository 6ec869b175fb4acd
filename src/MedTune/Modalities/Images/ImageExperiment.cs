using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Augmentation;
using MedTune.Graphs.Architectures;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>A run on pictures: the final model, its validation on outer folds by the same procedure, and the evidence.</summary>
internal sealed class ImageExperiment(Plan plan, ImageData data, ExperimentOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    private const int SmallImage = 64;
    private const int MostRobustness = 200;
    private const int ScratchDepth = 18;

    private readonly List<RunEvent> _events = [];
    private readonly ImagePlan _images = plan.Images!;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Carries the plan out.</summary>
    public Run Run()
    {
        foreach (string missing in Data.Images.NativeLibraries.Missing)
        {
            Note("libraries", missing);
        }

        var split = ImageSplit.Of(plan, data, options.Folds);
        Note("split", split.Words);
        int threads = Math.Max(1, options.Threads);
        using var pool = new TaskPool(threads);
        using var journal = options.CheckpointFolder is { } folder ? FitJournal.Open(folder, RunIdentity.Of(plan, data.Digest, split.Outer)) : FitJournal.InMemory();
        var backbone = Backbone();
        var features = _images.Network is not null ? CachedFeatures.Of(data, _images, PictureViews.Averaged(backbone, _images.Views), pool, Note, progress, cancellation) : null;
        var fits = new ImageFits(plan, data, backbone, features, journal, pool, progress, cancellation);

        var began = _watch.Elapsed;
        var folded = options is { Folds: { } given, TimeLimit: { } limit } ? limit * given.Folds / (given.Folds + 1) : TimeSpan.Zero; // every one of them is judged
        var candidates = fits.Final(
            split.Trained, split.Checked, done => done >= _images.EpochsInTime || TimeIsUp(folded), done => done <= (_images.TrialsInTime ?? plan.Search) && !IsLongSearch(began, done, folded));
        var took = _watch.Elapsed - began;
        var chosen = candidates[ImageFit.Preferred(candidates)];
        foreach (var fit in candidates)
        {
            Note("final fit", string.Create(CultureInfo.InvariantCulture, $"{fit.Kind}, {fit.Setting}, calibration {fit.CalibrationName}, log-loss {fit.CheckedLoss:0.####} on {split.Checked.Length} checked pictures"));
        }

        int epochs = candidates.Max(fit => fit.Epochs);
        int? inTime = _images.EpochsInTime ?? (plan.Models.Contains(Plan.FineTunedModel) && epochs < plan.Epochs && TimeIsUp(folded) ? epochs : null);
        int trials = Math.Max(1, candidates.Max(fit => fit.Trials));
        var folds = Validate(split, fits, inTime, trials, took);
        var draft = ImageModel.Create(plan, data, chosen, split.Learned);
        var parts = ImmutableArray.Create(PartEvaluator.Evaluate("oof", folds.SelectMany(fold => fold.Predictions).OrderBy(prediction => prediction.Row), data.ClassNames, data.HasGroups));
        if (split.Test.Length > 0)
        {
            parts = parts.Add(ImageEvaluation.Of(draft.File, data, split.Test, "test", threads, progress, cancellation));
        }

        var sets = data.HasFindings ? null : SetFigures.Rule(parts[0], data.ClassNames);
        parts = [.. parts.Select(part => SetFigures.Add(part, data.ClassNames, sets, data.HasGroups))];
        var model = draft.WithMetrics(parts, sets);
        var hard = Suspects(split, candidates, features, pool);
        Note("model", $"{model.Manifest.ModelKind}, sha256 {model.Digest}");
        var evidence = options.MakesEvidence ? Evidence(split, chosen, features, model, parts, hard, pool) : null;
        var spent = _images with
        {
            EpochsInTime = inTime,
            TrialsInTime = trials <= plan.Search ? trials - 1 : null,
            FoldsInTime = folds.Length < split.Outer.Folds ? folds.Length : null,
            RobustnessInTime = evidence is null ? _images.RobustnessInTime : evidence.RobustnessInTime,
        };
        return new Run
        {
            Plan = plan with { Images = spent },
            Model = model,
            Metrics = new RunMetrics(parts[0].Metrics, parts.Length > 1 ? parts[1].Metrics : Metrics.None),
            Parts = parts,
            Candidates = ImageCandidates.Of(data, candidates, chosen, folds),
            Data = data.Summarize() with { Findings = [.. evidence?.Findings ?? data.Inspection.Findings, .. LostDetail.Report(plan, data, backbone.Normalization.Height, parts[0].Metrics) is { } lost ? [lost] : Array.Empty<Finding>()] },
            Events = [.. _events],
            HasTestPart = split.HasTestPart,
            TestDigest = split.Test.Length > 0 ? data.DigestOfRows(split.Test) : "",
            HardSamples = ImageTriage.Listed(data, split.Learned, hard),
            Images = evidence,
        };
    }

    /// <summary>The whole procedure again for each outer fold, as many as the time allows but at least one.</summary>
    private ImmutableArray<ImageFold> Validate(ImageSplit split, ImageFits fits, int? epochs, int trials, TimeSpan eachTook)
    {
        int asked = Math.Min(_images.FoldsInTime ?? split.Outer.Folds, split.Outer.Folds);
        var folds = ImmutableArray.CreateBuilder<ImageFold>();
        for (int fold = 0; fold < asked; fold++)
        {
            if (fold > 0 && options.Folds is null && TimeIsUp(eachTook))
            {
                Note("time limit", string.Create(CultureInfo.InvariantCulture, $"{fold} of {split.Outer.Folds} folds were judged out of fold"));
                break;
            }

            cancellation.ThrowIfCancellationRequested();
            var (trained, inner) = ImageSplit.Within(plan, data, split.Outer.TrainingRows(fold), plan.Seed + (ulong)fold + 1);
            folds.Add(fits.Fold(fold, split.Outer.TestRows(fold), trained, inner, epochs, trials));
        }

        return folds.ToImmutable();
    }

    /// <summary>Whether so much time is not left; a plan that says how far to go needs no clock.</summary>
    private bool TimeIsUp(TimeSpan needed) =>
        _images is { EpochsInTime: null, FoldsInTime: null, TrialsInTime: null, RobustnessInTime: null } && options.TimeLimit is { } limit && _watch.Elapsed + needed > limit;

    /// <summary>Whether one more trial would leave less than half of the time, or than given folds take.</summary>
    private bool IsLongSearch(TimeSpan began, int done, TimeSpan folded)
    {
        var half = options.TimeLimit.GetValueOrDefault() / 2;
        return TimeIsUp((folded > half ? folded : half) + ((_watch.Elapsed - began) / Math.Max(1, done)));
    }

    private ImmutableArray<HardExample> Suspects(ImageSplit split, ImmutableArray<ImageFit> candidates, ImageFeatureSet? features, TaskPool pool) =>
        features is not null && candidates.FirstOrDefault(fit => fit.Kind == Plan.FrozenModel) is { } frozen
            ? ImageTriage.Of(data, split.Learned, features.Take(split.Learned), frozen.OutOfFold, pool)
            : [];

    /// <summary>What the report shows of pictures; where the time is up, without what takes long.</summary>
    private ImageEvidence Evidence(
        ImageSplit split, ImageFit chosen, ImageFeatureSet? features, ModelFile model, ImmutableArray<PartEvaluation> parts, ImmutableArray<HardExample> hard, TaskPool pool)
    {
        int[] learned = split.Learned;
        var judged = parts[^1];
        var rowOfSample = data.Samples.Select((sample, row) => KeyValuePair.Create(sample, row)).ToDictionary();
        int[] rows = [.. judged.Predictions.Select(prediction => rowOfSample[prediction.Row])];
        var evidence = ImageEvidenceMaker.Of(new ImageEvidenceInputs
        {
            Images = data.Set,
            Inspection = data.Inspection,
            Training = new EvidencePart("oof", [.. learned.Select(row => data.Samples[row])], [], FeaturesOf(learned)),
            Judged = new EvidencePart(judged.Part, [.. judged.Predictions.Select(prediction => prediction.Row)], [.. judged.Predictions.SelectMany(prediction => prediction.Probabilities)], FeaturesOf(rows)),
            Graph = model.Graph,
            Thresholds = model.Manifest.Thresholds ?? (model.Manifest.Threshold is { } threshold ? [threshold] : []),
            Hard = hard,
            Policy = plan.Models.Contains(Plan.FineTunedModel) ? AugmentationPreset.Of(_images.Augmentation) : AugmentationPolicy.None,
            Seed = plan.Seed,
            Pool = pool,
            RobustnessPictures = MostRobustness,
            RobustnessInTime = _images.RobustnessInTime,
            TimeIsUp = () => TimeIsUp(TimeSpan.Zero),
            Progress = progress,
            Cancellation = cancellation,
        });
        if (evidence.RobustnessInTime is { } measured)
        {
            Note("time limit", measured == 0 ? "robustness was not measured" : string.Create(CultureInfo.InvariantCulture, $"robustness was measured on {measured} pictures"));
        }

        return evidence;

        ImageFeatureSet FeaturesOf(int[] own)
        {
            if (chosen.Kind == Plan.FrozenModel)
            {
                return features!.Take(own);
            }

            using var runner = new ImageFeatures(chosen.Backbone, pool);
            return runner.Of(own.Length, i => data.Read(own[i]), progress: progress, cancellation: cancellation);
        }
    }

    private ImageBackbone Backbone()
    {
        if (_images.Network is { } network)
        {
            return network.BackboneOf(_images);
        }

        int own = _images.Side > 0 ? _images.Side : SmallImage;
        bool isGrey = Enumerable.Range(0, data.Rows).All(row => data.Measures(row).IsGrey);
        var built = ResNet.Build(
            ScratchDepth, new ImageNetworkOptions { Height = own, Width = own, Classes = data.ClassNames.Length, Channels = isGrey ? 1 : 3, Seed = plan.Seed }, isSmallImage: own <= SmallImage);
        ImmutableArray<double> middle = isGrey ? [Middle] : [Middle, Middle, Middle];
        return ImageBackbone.Of(built.Graph, new InputNormalization(isGrey ? "grey" : "RGB", middle, middle, own, own), features: Architecture.Features);
    }

    private const double Middle = 127.5;

    private void Note(string step, string detail) => _events.Add(new RunEvent(step, detail));
}
