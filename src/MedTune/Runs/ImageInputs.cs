using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Prediction;

namespace MedTune;

/// <summary>What a run on pictures reads before it begins: every picture once, a reader's corrections, and the plan.</summary>
internal sealed record ImageInputs(Plan Plan, ImageData Images) : RunInputs(Plan)
{
    private string? _corrections;

    /// <inheritdoc/>
    public override string Digest => Images.Digest;

    /// <summary>Reads what a request names, and makes its plan.</summary>
    public static ImageInputs Of(TrainingRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        Refuse(request);
        var set = ImageSet.Open(request.DataPath, OptionsOf(request.Data));
        var corrections = request.CorrectionsPath is { } path ? ImageCorrections.Read(path) : null;
        var inspection = ImageInspection.Run(set, request.Threads, new Reading(progress, set.Samples.Length), cancellation);
        var images = ImageData.Of(set, inspection, corrections);
        var plan = PlanOf(request, () => Plan.ForImages(request.Network, images));
        if (plan.Images is { } entry)
        {
            entry = request.Network is { } network ? entry with { Network = network } : entry;
            entry = request.HasSmallObjects ? entry.ForSmallObjects() : entry;
            plan = plan with { Images = entry with { Side = request.Side ?? entry.Side, Augmentation = request.Augmentation ?? entry.Augmentation } };
        }

        plan = request.Tune.Aggregate(plan, RecipeSetting.Apply);
        PlanCheck.Throw(plan);
        if (images.HasFindings)
        {
            FindingTargets.Check(plan.Images!.Recipe);
        }

        ThrowIfStopped(inspection.Findings, plan.Accepted, _ => "");
        return new ImageInputs(plan, images) { _corrections = request.CorrectionsPath };
    }

    /// <summary>Reads pictures that a finished model is judged on.</summary>
    public static ImageData Judging(ModelFile model, string path, DatasetOptions data, int threads, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var set = ImageSet.Open(path, OptionsOf(data) with
        {
            Target = data.Target ?? (model.Manifest.Target == "label" ? null : model.Manifest.Target),
            Findings = model.Manifest.HasFindings ? model.Manifest.Classes : [],
        });
        var inspection = ImageInspection.Run(set, threads, new Reading(progress, set.Samples.Length), cancellation);
        return ImageData.Judging(set, inspection, model.Manifest.Classes, model.Manifest.HasFindings);
    }

    /// <summary>How a set of pictures is opened with the options of a table.</summary>
    public static ImageSetOptions OptionsOf(DatasetOptions data) =>
        new() { Target = data.Target is { Length: > 0 } target ? target : null, Patient = data.Patient, Site = data.Site, Positive = data.Positive, ClassNames = data.ClassNames };

    /// <inheritdoc/>
    public override void WriteBeginning(RunFolder folder)
    {
        Plan.Images!.Network?.Save(folder.Of(RunFolder.ParentFile));
        if (_corrections is { } path)
        {
            File.Copy(path, folder.Of(RunFolder.CorrectionsFile));
        }
    }

    /// <inheritdoc/>
    public override Task<Run> RunAsync(ExperimentOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation) =>
        Task.Run(() => new ImageExperiment(Plan, Images, options, progress, cancellation).Run(), cancellation);

    private static void Refuse(TrainingRequest request)
    {
        if (request.From is not null)
        {
            throw new PlanException("The data are pictures and --from is a model for tables; give a network for pictures ('medtune models list') or the model of a run on pictures.");
        }

        if (request.FoldsPath is not null || request.TestPath is not null)
        {
            throw new PlanException("--folds and --test are for tables; of pictures the manifest's column 'split' (train, val, test), or folders of these names, says what is tested on.");
        }
    }

    private sealed class Reading(IProgress<TrainingProgress>? listener, int count) : IProgress<int>
    {
        public void Report(int value) => listener?.Report(new TrainingProgress("reading pictures", value, count, ""));
    }
}
