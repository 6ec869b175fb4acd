using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
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

        var split = ImageSplit.Of(plan, data);
        Note("split", split.Words);
        int threads = Math.Max(1, options.Threads);
        using var pool = new TaskPool(threads);
        using var journal = options.CheckpointFolder is { } folder ? FitJournal.Open(folder, RunIdentity.Of(plan, data.Digest, split.Outer)) : FitJournal.InMemory();
        var backbone = Backbone();
        var features = _images.Network is not null ? CachedFeatures.Of(data, _images, backbone, pool, Note, progress, cancellation) : null;
        var fits = new ImageFits(plan, data, backbone, features, journal, pool, progress, cancellation);

        var began = _watch.Elapsed;
        var candidates = fits.Final(
            split.Trained, split.Checked, done => done >= _images.EpochsInTime || TimeIsUp(TimeSpan.Zero), done => done <= (_images.TrialsInTime ?? plan.Search) && !IsLongSearch(began, done));
        var took = _watch.Elapsed - began;
        var chosen = candidates[ImageFit.Preferred(candidates)];
        foreach (var fit in candidates)
        {
            Note("final fit", string.Create(CultureInfo.InvariantCulture, $"{fit.Kind}, {fit.Setting}, calibration {fit.CalibrationName}, log-loss {fit.CheckedLoss:0.####} on {split.Checked.Length} checked pictures"));
        }

        int epochs = candidates.Max(fit => fit.Epochs);
        int? inTime = _images.EpochsInTime ?? (plan.Models.Contains(Plan.FineTunedModel) && epochs < plan.Epochs && TimeIsUp(TimeSpan.Zero) ? epochs : null);
        int trials = Math.Max(1, candidates.Max(fit => fit.Trials));
        var folds = Validate(split, fits, inTime, trials, took);
        var draft = ImageModel.Create(plan, data, chosen, split.Learned);
        var parts = ImmutableArray.Create(PartEvaluator.Evaluate("oof", folds.SelectMany(fold => fold.Predictions).OrderBy(prediction => prediction.Row), data.ClassNames, data.HasGroups));
        if (split.Test.Length > 0)
        {
            parts = parts.Add(ImageEvaluation.Of(draft.File, data, split.Test, "test", threads, progress, cancellation));
        }

        var model = draft.WithMetrics(parts);
        var hard = Suspects(split, candidates, features, pool);
        Note("model", $"{model.Manifest.ModelKind}, sha256 {model.Digest}");
        return new Run
        {
            Plan = plan with { Images = _images with { EpochsInTime = inTime, TrialsInTime = trials <= plan.Search ? trials - 1 : null, FoldsInTime = folds.Length < split.Outer.Folds ? folds.Length : null } },
            Model = model,
            Metrics = new RunMetrics(parts[0].Metrics, parts.Length > 1 ? parts[1].Metrics : Metrics.None),
            Parts = parts,
            Candidates = ImageCandidates.Of(data, candidates, chosen, folds),
            Data = data.Summarize(),
            Events = [.. _events],
            HasTestPart = split.HasTestPart,
            TestDigest = split.Test.Length > 0 ? data.DigestOfRows(split.Test) : "",
            HardSamples = ImageTriage.Listed(data, split.Learned, hard),
            Images = options.MakesEvidence ? Evidence(split, chosen, features, model, parts, hard, pool) : null,
        };
    }

    /// <summary>The whole procedure again for each outer fold, as many as the time allows but at least one.</summary>
    private ImmutableArray<ImageFold> Validate(ImageSplit split, ImageFits fits, int? epochs, int trials, TimeSpan eachTook)
    {
        int asked = Math.Min(_images.FoldsInTime ?? split.Outer.Folds, split.Outer.Folds);
        var folds = ImmutableArray.CreateBuilder<ImageFold>();
        for (int fold = 0; fold < asked; fold++)
        {
            if (fold > 0 && TimeIsUp(eachTook))
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
        _images is { EpochsInTime: null, FoldsInTime: null, TrialsInTime: null } && options.TimeLimit is { } limit && _watch.Elapsed + needed > limit;

    /// <summary>Whether one more trial would take the search beyond a half of the time, so that no fold could be judged.</summary>
    private bool IsLongSearch(TimeSpan began, int done) => TimeIsUp((options.TimeLimit.GetValueOrDefault() / 2) + ((_watch.Elapsed - began) / Math.Max(1, done)));

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
        bool isTimeUp = TimeIsUp(TimeSpan.Zero);
        if (isTimeUp)
        {
            Note("time limit", "robustness was not measured");
        }

        return ImageEvidenceMaker.Of(new ImageEvidenceInputs
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
            RobustnessPictures = isTimeUp ? 0 : MostRobustness,
            Progress = progress,
            Cancellation = cancellation,
        });

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
