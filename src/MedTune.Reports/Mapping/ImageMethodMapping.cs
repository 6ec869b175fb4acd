using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>How a model of pictures was made and judged.</summary>
internal static class ImageMethodMapping
{
    /// <summary>The steps in their order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">Its choices about pictures.</param>
    /// <param name="hasFolds">Whether the folds were given.</param>
    /// <param name="keptAside">What was kept aside, as for a table.</param>
    /// <param name="intervals">How intervals were computed, as for a table.</param>
    /// <param name="rows">What a sample is called.</param>
    public static List<FactRow> Steps(Run run, ImagePlan plan, bool hasFolds, string keptAside, FactRow intervals, RowNoun rows)
    {
        var manifest = run.Model.Manifest;
        var steps = new List<FactRow>
        {
            new("Kept aside", keptAside),
            new("Out of fold", OutOfFold(run, plan, hasFolds)),
            new("Preprocessing", Preprocessing(manifest.Image!)),
            new("Network", Network(plan)),
            new("Choice", Choice(run, plan)),
            new("Calibration", MethodMapping.Calibration(manifest)),
        };
        if (manifest.Threshold is { } threshold)
        {
            steps.Add(new("Threshold", $"{NumberText.Probability(threshold)}: {ThresholdWords.Of(manifest.ThresholdRule)}. Out of fold, each fold is judged by a threshold chosen without it."));
        }

        if (FindingsMapping.Thresholds(manifest) is { } several)
        {
            steps.Add(new("Thresholds", $"{several}. Out of fold, each fold is judged by thresholds chosen without it."));
        }

        steps.Add(new("Final model", $"Made from {rows.Count(manifest.TrainingSamples)}, those checked on among them"
            + (run.Parts.Any(part => part.Part == "test") ? "; none of them is among the test pictures." : ".")));
        steps.Add(intervals);
        return steps;
    }

    private static string OutOfFold(Run run, ImagePlan plan, bool hasFolds)
    {
        int folds = CandidateMapping.Folds(run);
        string together = run.Data.Patients is null ? "Pictures that are the same" : "All pictures of a patient, and pictures that are the same,";
        string judged = plan.FoldsInTime is null
            ? $"The pictures to learn from were divided into {folds} folds at random, each class by its share."
            : $"Of the folds into which the pictures to learn from were divided, {folds} {(folds == 1 ? "was" : "were")} judged before the time was up; the other pictures have no answer out of fold.";
        judged = hasFolds ? $"{folds} folds were given by a file and followed exactly." : $"{judged} {together} stand in one fold.";
        return $"{judged} For each fold everything was decided on the pictures of the others only: penalty, epoch, kind of model, calibration and threshold.";
    }

    private static string Preprocessing(ManifestImage image) =>
        $"Pictures of any size are brought to {NumberText.Count(image.Height)} x {NumberText.Count(image.Width)} pixels and normalised as the network expects; all of it stands inside the model file.";

    private static string Network(ImagePlan plan)
    {
        string course = $"While it was trained, pictures were changed by the preset '{plan.Augmentation}'.";
        return plan.NetworkDigest.Length == 0
            ? $"Trained from nothing: it had seen no other pictures. {course}"
            : $"{(plan.NetworkName.Length > 0 ? plan.NetworkName : "A pretrained network")} (sha256 {plan.NetworkDigest[..16]}), pretrained on other pictures. {course}";
    }

    private static string Choice(Run run, ImagePlan plan)
    {
        const string Epoch = "the epoch with the smallest loss on pictures kept back to check on counts";
        string cut = plan.EpochsInTime is { } epochs ? $" The time was up after {NumberText.Count(epochs)} epochs of {NumberText.Count(run.Plan.Epochs)}." : "";
        return (run.Candidates.Length > 1
            ? $"A linear head on the frozen network, its penalty chosen by cross-validation, and the network fine-tuned from there ({Epoch}); fine-tuning is kept only where it is better on those pictures by more than a standard error."
            : run.Candidates[0].Name == "frozen" ? "A linear head on the frozen network; its penalty was chosen by cross-validation."
            : $"One kind of model was tried: {Epoch}.") + cut;
    }
}
