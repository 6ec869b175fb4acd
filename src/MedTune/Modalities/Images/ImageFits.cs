using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Evaluation;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Carries out the whole procedure on some pictures: both kinds of model, each with its calibration and threshold from pictures it had not seen.</summary>
/// <param name="plan">What to do.</param>
/// <param name="data">All pictures.</param>
/// <param name="backbone">The network to begin from.</param>
/// <param name="features">What it sees in every picture; null where it knows nothing yet.</param>
/// <param name="learned">The same of the forms of every picture that heads learn from.</param>
/// <param name="journal">Keeps finished fits.</param>
/// <param name="pool">Threads; their number changes no bit.</param>
/// <param name="progress">Told how far a fit is.</param>
/// <param name="most">How many pictures a head learns from at most; null for all.</param>
/// <param name="note">Told how long epochs took.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class ImageFits(
    Plan plan, ImageData data, ImageBackbone backbone, ImageFeatureSet? features, ImageFeatureSet? learned, FitJournal journal, TaskPool pool, int? most, IProgress<TrainingProgress>? progress, Action<string, string> note, CancellationToken cancellation)
{
    private readonly int[] _classes = [.. data.Classes];
    private readonly int[] _groups = [.. data.Groups];
    private readonly PictureTargets _targets = data.HasFindings ? new FindingTargets(data.Labels) : new ClassTargets([.. data.Classes], data.ClassNames.Length);
    private readonly FindingFits _findings = new(plan, data, pool, most, progress, cancellation);

    private int ClassCount => data.ClassNames.Length;

    /// <summary>The final fits: the weights of a fine-tuned network are kept in the journal.</summary>
    /// <param name="trained">Pictures to learn from.</param>
    /// <param name="checked">Pictures to follow fine-tuning on and to compare the kinds on; frozen features learn from them too, by folds.</param>
    /// <param name="timeIsUp">Asked before every epoch with the number of those that are done.</param>
    /// <returns>Every kind of model, in the order of the plan.</returns>
    /// <param name="goesOn">Asked with the number of trials that are done whether another recipe is tried.</param>
    public ImmutableArray<ImageFit> Final(int[] trained, int[] @checked, Func<int, bool> timeIsUp, Func<int, bool> goesOn) => All(
        trained,
        @checked,
        0,
        (trial, options) => FineTunedRecord.Restore(
            journal.GetOrFit(
                trial == 0 ? "final" : string.Create(CultureInfo.InvariantCulture, $"final, trial {trial}"),
                kept => FineTunedRecord.Of(Tune(trained, @checked, 0, options, kept, done => trial == 0 && timeIsUp(done)))),
            backbone),
        goesOn);

    /// <summary>The same for an outer fold: what is kept is what the fits say of the fold's pictures.</summary>
    /// <param name="fold">From 0.</param>
    /// <param name="rows">The fold's pictures.</param>
    /// <param name="trained">Pictures to learn from.</param>
    /// <param name="checked">Pictures to check on.</param>
    /// <param name="epochs">Epochs after which fine-tuning ends although the plan has more; null for none.</param>
    /// <param name="trials">How often a network is trained, with another recipe each time.</param>
    public ImageFold Fold(int fold, int[] rows, int[] trained, int[] @checked, int? epochs, int trials)
    {
        ulong stream = (ulong)fold + 1;
        var record = journal.GetOrFit(string.Create(CultureInfo.InvariantCulture, $"outer {fold}"), kept =>
        {
            var fits = All(
                trained, @checked, stream, (trial, options) => TunedNetwork.Of(Tune(trained, @checked, stream, options, kept.Part(trial), done => trial == 0 && done >= epochs)), done => done < trials);
            return ImageFold.Record([.. fits.Select(fit => Score(fit, rows))], fits);
        });
        return ImageFold.Of(data, fold, rows, record, plan.Models.Length);
    }

    private ImmutableArray<ImageFit> All(int[] trained, int[] @checked, ulong stream, Func<int, FineTuningOptions, TunedNetwork> tune, Func<int, bool> goesOn)
    {
        var fits = ImmutableArray.CreateBuilder<ImageFit>();
        foreach (string kind in plan.Models)
        {
            cancellation.ThrowIfCancellationRequested();
            fits.Add(kind == Plan.FrozenModel
                ? Frozen(trained, @checked, stream)
                : new TuningSearch(FineTuningOptions.Of(plan) with { HasFindings = data.HasFindings }, plan.Seed, tune, network => FineTuned(network, trained, @checked, stream)).Run(goesOn));
        }

        return fits.ToImmutable();
    }

    /// <summary>The calibrated margins that a fit gives for pictures.</summary>
    private float[] Score(ImageFit fit, int[] rows)
    {
        var own = fit.Kind == Plan.FrozenModel ? features!.Take(rows) : FeaturesOf(fit.Backbone, rows, "judging");
        return fit.Calibrated(fit.Margins.Of(own, [.. Enumerable.Range(0, rows.Length)]));
    }

    private ImageFit Frozen(int[] trained, int[] @checked, ulong stream)
    {
        if (data.HasFindings)
        {
            return _findings.Frozen(PictureViews.Averaged(backbone, plan.Images!.Views), learned!, trained, @checked, stream);
        }

        int[] rows = [.. trained.Concat(@checked).Order()];
        int[] classes = Array.ConvertAll(rows, row => _classes[row]);
        var choice = HeadChoice.Of(learned!.Take(rows), classes, ClassCount, Array.ConvertAll(rows, row => _groups[row]), plan.Seed + stream, pool, progress, cancellation, most);

        // What its folds say of the checked pictures is as unseen as what fine-tuning says of them.
        var places = @checked.ToHashSet();
        int[] judged = [.. Enumerable.Range(0, rows.Length).Where(i => places.Contains(rows[i]))];
        return new ImageFit(
            Plan.FrozenModel,
            string.Create(CultureInfo.InvariantCulture, $"penalty {choice.Penalty}"),
            PictureViews.Averaged(backbone, plan.Images!.Views),
            choice.Margins,
            choice.Calibration,
            Threshold(choice.OutOfFold, classes),
            Losses(choice.OutOfFold, classes, judged))
        {
            OutOfFold = choice.OutOfFold,
            Losses = choice.Losses,
        };
    }

    private FineTunedNetwork Tune(int[] trained, int[] @checked, ulong stream, FineTuningOptions options, FitProgressFile kept, Func<int, bool> timeIsUp)
    {
        var tuned = ImageFineTuning.Fit(
            backbone,
            StartOf(trained, stream),
            row => data.Read(row),
            _targets,
            trained,
            @checked,
            options with { VariantSeed = plan.Seed, KeptFolder = CachedFeatures.Folder(note) },
            plan.Seed + stream,
            pool,
            kept,
            progress,
            timeIsUp,
            row => data.Read(row, ImageFineTuning.SmallestSide(backbone)),
            cancellation);
        string seconds = string.Join(", ", tuned.Seconds.Select(each => each.ToString("0.000", CultureInfo.InvariantCulture)));
        note("epochs", string.Create(
            CultureInfo.InvariantCulture, $"seconds: {seconds}{(tuned.IsLastPart ? $"; what the part that does not train sees was kept for {options.Variants} forms of each picture" : "")}"));
        return tuned;
    }

    private ImageFit FineTuned(TunedNetwork tuned, int[] trained, int[] @checked, ulong stream)
    {
        var viewed = tuned with { Backbone = PictureViews.Averaged(tuned.Backbone, plan.Images!.Views) };
        float[] margins = viewed.Head.Of(FeaturesOf(viewed.Backbone, @checked, "checking"), [.. Enumerable.Range(0, @checked.Length)]);
        if (data.HasFindings)
        {
            return _findings.FineTuned(viewed, margins, trained, @checked, stream);
        }

        int[] classes = Array.ConvertAll(@checked, row => _classes[row]);
        var folds = Splits.KFold(classes, Array.ConvertAll(@checked, row => _groups[row]), 2, plan.Seed + stream);
        var (calibration, losses) = MarginCalibration.Choose(margins, classes, folds.FoldOfRow);
        return new ImageFit(
            Plan.FineTunedModel,
            string.Create(CultureInfo.InvariantCulture, $"best of {tuned.Epochs} epochs: {tuned.BestEpoch}"),
            viewed.Backbone,
            viewed.Head,
            calibration,
            Threshold(calibration.Apply(margins), classes),
            [.. losses])
        {
            Epochs = tuned.Epochs,
            Losses = [.. tuned.History.Select(epoch => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}"), epoch.CheckedLoss))],
        };
    }

    /// <summary>A head that knows nothing of the checked pictures; of a network without experience, one that knows nothing at all.</summary>
    private LinearMargins StartOf(int[] trained, ulong stream)
    {
        if (learned is null)
        {
            return new LinearMargins(new float[backbone.Width * _targets.Margins], new float[_targets.Margins]);
        }

        if (data.HasFindings)
        {
            return _findings.Start(learned, trained, stream);
        }

        var choice = HeadChoice.Of(
            learned.Take(trained), Array.ConvertAll(trained, row => _classes[row]), ClassCount, Array.ConvertAll(trained, row => _groups[row]), plan.Seed + stream, pool, progress, cancellation, most);
        return choice.Margins;
    }

    private ImageFeatureSet FeaturesOf(ImageBackbone network, int[] rows, string stage)
    {
        using var runner = new ImageFeatures(network, pool);
        return runner.Of(rows.Length, i => data.Read(rows[i]), progress: progress is null ? null : new Stage(progress, stage), cancellation: cancellation);
    }

    private double Threshold(float[] margins, int[] classes) => ClassCount != 2
        ? double.NaN
        : ThresholdRule.Parse(plan.Threshold).Choose(Array.ConvertAll(ClassProbabilities.Of(margins, 2), own => (double)own[1]), classes).Threshold;

    private static ImmutableArray<double> Losses(float[] margins, int[] classes, int[] rows)
    {
        int width = margins.Length / classes.Length;
        return [.. rows.Select(row => PointwiseLoss.Of(margins.AsSpan(row * width, width), classes[row]))];
    }

    private sealed class Stage(IProgress<TrainingProgress> listener, string name) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listener.Report(value with { Stage = name });
    }
}
