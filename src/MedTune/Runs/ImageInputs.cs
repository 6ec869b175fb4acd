using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Prediction;

namespace MedTune;

/// <summary>What a run on pictures reads before it begins: every picture once, a reader's corrections, and the plan.</summary>
internal sealed record ImageInputs(Plan Plan, ImageData Images) : RunInputs(Plan)
{
    private string? _corrections;
    private FoldAssignment? _folds;

    /// <inheritdoc/>
    public override string Digest => Images.Digest;

    /// <summary>Reads what a request names, and makes its plan.</summary>
    public static ImageInputs Of(TrainingRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        Refuse(request);
        var set = Opened(request);
        var corrections = request.CorrectionsPath is { } path ? ImageCorrections.Read(path) : null;
        var inspection = ImageInspection.Run(set, request.Threads, new Reading(progress, set.Samples.Length), cancellation);
        var images = ImageData.Of(set, inspection, corrections);
        var folds = request.FoldsPath is null ? null : PictureFolds.Read(request.FoldsPath, images.Set, inspection, images.Samples);
        var plan = PlanOf(request, () => Plan.ForImages(request.Network, images));
        if (plan.Images is { } entry)
        {
            entry = request.Network is { } network ? entry with { Network = network } : entry;
            entry = request.HasSmallObjects || SuitsSmallObjects(request, images) ? entry.ForSmallObjects() : entry;
            plan = plan with { Images = entry with { Side = request.Side ?? entry.Side, Augmentation = request.Augmentation ?? entry.Augmentation, Views = request.Views.IsEmpty ? entry.Views : request.Views } };
        }

        plan = RecipeSetting.Apply(plan, request.Tune);
        PlanCheck.Throw(plan);
        if (images.HasFindings)
        {
            FindingTargets.Check(plan.Images!.Recipe);
        }

        ThrowIfStopped(inspection.Findings, plan.Accepted, _ => "");
        return new ImageInputs(plan, images) { _corrections = request.CorrectionsPath, _folds = folds?.Assignment, SplitFindings = folds?.Findings ?? [] };
    }

    // Patients of the test data are known under the same pseudonyms, so that none is on both sides.
    private static ImageSet Opened(TrainingRequest request)
    {
        var options = OptionsOf(request.Data) with { Pseudonyms = Pseudonyms.Passing() };
        var set = ImageSet.Open(request.DataPath, options);
        if (request.TestPath is { } test)
        {
            return set.WithTest(ImageSet.Open(test, options with { Positive = null, ClassNames = IsOneAgainstOthers(set.Classes) ? set.Classes : options.ClassNames, Findings = set.HasSeveralLabels ? set.Classes : [] }));
        }

        return request.FoldsPath is null ? set : set.WithoutParts();
    }

    private static bool IsOneAgainstOthers(ImmutableArray<string> classes) => classes is [var others, var one] && others == $"not {one}";

    /// <summary>Reads pictures that a finished model is judged on.</summary>
    public static ImageData Judging(ModelFile model, string path, DatasetOptions data, int threads, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var set = ImageSet.Open(path, JudgedOptions(model.Manifest, path, data));
        var inspection = ImageInspection.Run(set, threads, new Reading(progress, set.Samples.Length), cancellation);
        return ImageData.Judging(set, inspection, model.Manifest.Classes, model.Manifest.HasFindings);
    }

    /// <summary>How a set of pictures is opened with the options of a table.</summary>
    public static ImageSetOptions OptionsOf(DatasetOptions data) =>
        new() { Target = data.Target is { Length: > 0 } target ? target : null, Patient = data.Patient, Site = data.Site, Positive = data.Positive, ClassNames = data.ClassNames, Plane = data.Plane };

    // What the model answers is looked for under its own name; a folder for each class needs none.
    private static ImageSetOptions JudgedOptions(Manifest manifest, string path, DatasetOptions data)
    {
        bool isNamed = manifest.Target != "label" && (!ImageSet.IsFolder(path) || ImageSet.DicomLabels.Contains(manifest.Target, StringComparer.Ordinal));
        return OptionsOf(data) with
        {
            Target = data.Target ?? (isNamed ? manifest.Target : null),
            ClassNames = data.ClassNames.IsEmpty && IsOneAgainstOthers(manifest.Classes) ? manifest.Classes : data.ClassNames,
            Plane = PlaneName.Parse(manifest.Image?.Plane) ?? data.Plane,
            Findings = manifest.HasFindings ? manifest.Classes : [],
        };
    }

    /// <inheritdoc/>
    public override void WriteBeginning(RunFolder folder)
    {
        Plan.Images!.Network?.Save(folder.Of(RunFolder.ParentFile));
        if (_corrections is { } path)
        {
            File.Copy(path, folder.Of(RunFolder.CorrectionsFile));
        }

        if (_folds is { } folds)
        {
            ResultFile.Write(folder.Of(RunFolder.FoldsFile), RecordedFolds.ToText(folds, row => CsvField.Of(Images.Name(row))));
        }
    }

    /// <inheritdoc/>
    public override Task<Run> RunAsync(ExperimentOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation) =>
        Task.Run(() => new ImageExperiment(Plan, Images, options with { Folds = _folds }, progress, cancellation).Run(), cancellation);

    /// <summary>Whether the kind of picture has small objects, and nothing was said against it.</summary>
    private static bool SuitsSmallObjects(TrainingRequest request, ImageData images) =>
        request is { Augmentation: { } kind, Side: null, PlanPath: null, Network.Parent: null }
        && AugmentationPreset.HasSmallObjects(kind)
        && ImageSide.Median(images) >= ImagePlan.SmallObjectSide;

    private static void Refuse(TrainingRequest request)
    {
        if (request.From is not null)
        {
            throw new PlanException("The data are pictures and --from is a model for tables; give a network for pictures ('medtune models list') or the model of a run on pictures.");
        }

        if (request.FoldsPath is not null && request.TestPath is not null)
        {
            throw new PlanException("--folds and --test exclude each other: with --folds every listed picture is judged out of fold.");
        }
    }

    private sealed class Reading(IProgress<TrainingProgress>? listener, int count) : IProgress<int>
    {
        public void Report(int value) => listener?.Report(new TrainingProgress("reading pictures", value, count, ""));
    }
}
