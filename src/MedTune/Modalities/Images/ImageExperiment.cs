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
    private const int NearestTogether = 256;
    private const ulong NearestStream = 4;

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
        var features = _images.Network is not null ? Features(backbone, 1, pool) : null;
        var learned = features is not null && _images.HeadVariants > 1 ? Features(backbone, _images.HeadVariants, pool) : features;
        int? heads = HeadPictures(learned, split, journal, pool);
        var fits = new ImageFits(plan, data, backbone, features, learned, journal, pool, heads, progress, Note, cancellation);

        var began = _watch.Elapsed;

        // Folds that were given are all judged, of others at least one, which takes as long as the final model.
        var folded = options.TimeLimit is not { } limit ? TimeSpan.Zero : options.Folds is { } given ? limit * given.Folds / (given.Folds + 1) : limit / 2;
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
        var findingSets = data.HasFindings ? FindingSetFigures.Rules(parts[0], data.ClassNames) : null;
        parts = [.. parts.Select(part => FindingSetFigures.Add(SetFigures.Add(part, data.ClassNames, sets, data.HasGroups), data.ClassNames, findingSets, data.HasGroups))];
        var model = draft.WithMetrics(parts, sets, findingSets);
        var hard = Suspects(split, candidates, features, pool);
        Note("model", $"{model.Manifest.ModelKind}, sha256 {model.Digest}");
        var evidence = options.MakesEvidence ? Evidence(split, chosen, features, model, parts, hard, pool) : null;
        var spent = _images with
        {
            EpochsInTime = inTime,
            TrialsInTime = trials <= plan.Search ? trials - 1 : null,
            FoldsInTime = folds.Length < split.Outer.Folds ? folds.Length : null,
            RobustnessInTime = evidence is null ? _images.RobustnessInTime : evidence.RobustnessInTime,
            HeadPicturesInTime = heads,
            NearestInTime = evidence is null ? _images.NearestInTime : evidence.NearestInTime,
            CasesInTime = evidence is null ? _images.CasesInTime : evidence.CasesInTime,
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
        !_images.IsCut && options.TimeLimit is { } limit && _watch.Elapsed + needed > limit;

    /// <summary>Whether one more trial would leave less than half of the time, or than given folds take.</summary>
    private bool IsLongSearch(TimeSpan began, int done, TimeSpan folded)
    {
        var half = options.TimeLimit.GetValueOrDefault() / 2;
        return TimeIsUp((folded > half ? folded : half) + ((_watch.Elapsed - began) / Math.Max(1, done)));
    }

    private ImageFeatureSet Features(ImageBackbone backbone, int variants, TaskPool pool) =>
        CachedFeatures.Of(data, _images, PictureViews.Averaged(backbone, _images.Views), variants, plan.Seed, pool, Note, progress, cancellation);

    /// <summary>How many pictures linear heads learn from; null for all.</summary>
    private int? HeadPictures(ImageFeatureSet? features, ImageSplit split, FitJournal journal, TaskPool pool)
    {
        if (features is null || _images.IsCut || options.TimeLimit is not { } limit)
        {
            return _images.HeadPicturesInTime;
        }

        // Each kind begins with heads of its own, in the final fits, and again in every fold that is judged for sure.
        int fits = plan.Models.Length * (options.Folds is null ? 2 : 1 + split.Outer.Folds);
        int? most = HeadPace.Measure(data, features, fits * (data.HasFindings ? data.ClassNames.Length : 1), limit, plan.Seed, journal, pool, cancellation);
        if (most is int pictures)
        {
            Note("time limit of heads", HeadPace.Words(pictures));
        }

        return most;
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
        using var looking = chosen.Kind == Plan.FrozenModel ? null : new ImageFeatures(chosen.Backbone, pool);
        var (seen, known, nearest) = Known(learned, looking, features);
        var evidence = ImageEvidenceMaker.Of(new ImageEvidenceInputs
        {
            Images = data.Set,
            Inspection = data.Inspection,
            Training = new EvidencePart("oof", [.. learned.Select(row => data.Samples[row])], [], known) { Seen = seen },
            Judged = new EvidencePart(judged.Part, [.. judged.Predictions.Select(prediction => prediction.Row)], [.. judged.Predictions.SelectMany(prediction => prediction.Probabilities)], looking is null ? features!.Take(rows) : null),
            Look = looking is null ? null : row => looking.Of(1, _ => data.Read(rows[row]), cancellation: cancellation),
            NearestInTime = nearest,
            CasesInTime = _images.CasesInTime,
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
            Note("time limit of evidence", measured == 0 ? "robustness was not measured" : string.Create(CultureInfo.InvariantCulture, $"robustness was measured on {measured} pictures"));
        }

        if (evidence.CasesInTime is { } shown)
        {
            Note("time limit of evidence", string.Create(CultureInfo.InvariantCulture, $"{shown} cases were shown with maps"));
        }

        return evidence;
    }

    /// <summary>What the chosen network sees in the pictures learned from, for nearest ones: of a trained network as many as the time allows, in an order drawn by the seed.</summary>
    private (int[]? Seen, ImageFeatureSet Features, int? InTime) Known(int[] learned, ImageFeatures? looking, ImageFeatureSet? features)
    {
        if (looking is null)
        {
            return (null, features!.Take(learned), null);
        }

        int[] order = [.. EvidenceDraw.Sequence([.. Enumerable.Range(0, learned.Length)], plan.Seed, NearestStream)];
        int most = Math.Min(_images.NearestInTime ?? order.Length, order.Length);
        var parts = new List<ImageFeatureSet>();
        int done = 0;
        while (done < most && (done == 0 || !TimeIsUp(TimeSpan.Zero)))
        {
            int start = done, count = Math.Min(NearestTogether, most - done);
            parts.Add(looking.Of(count, i => data.Read(learned[order[start + i]]), progress: progress, cancellation: cancellation));
            done += count;
        }

        bool isCut = done < order.Length;
        if (isCut)
        {
            Note("time limit of evidence", string.Create(CultureInfo.InvariantCulture, $"nearest pictures were looked for among {done} of {order.Length}"));
        }

        return (order[..done], new ImageFeatureSet(done, 1, parts.Count > 0 ? parts[0].Width : 1, [.. parts.SelectMany(part => part.Values)]), isCut ? done : null);
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
