using System.Security.Cryptography;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>How the figures came about.</summary>
internal static class MethodMapping
{
    private const string Stack = "stack";

    /// <summary>What intervals are.</summary>
    public static FactRow Intervals { get; } = new(
        "Intervals", "95%. Under each figure stands how its interval was computed; where a patient has several rows, patients were resampled.");

    public static MethodContent Of(FinishedRun finished, RowNoun rows)
    {
        var (run, record) = (finished.Run, finished.Record);
        return new MethodContent
        {
            Steps = run.Plan.Images is { } images ? ImageMethodMapping.Steps(run, images, record.HasFolds, KeptAside(run, record, rows), Intervals, rows) : Steps(run, record, rows),
            SealedOpenings = record.TestOpenings > 0 ? record.TestOpenings : null,
            Record = Record(finished),
            Command = "medtune verify RUN",
        };
    }

    /// <summary>What was done to make probabilities honest.</summary>
    public static string Calibration(Manifest manifest) => manifest.Calibration switch
    {
        "none" when manifest.ModelKind == Stack =>
            "Each member is corrected before the mean is taken, where that lowered the log-loss of predictions it had not seen; the mean itself is not corrected again.",
        "none" => "Its probabilities were not corrected afterwards: no correction lowered the log-loss of predictions it had not seen.",
        "platt" => "Its probabilities are corrected by Platt scaling, fitted to predictions for rows the model had not seen; the correction is inside the model file.",
        "platt for some" => "The probabilities of some findings are corrected by Platt scaling, fitted to predictions for rows the model had not seen; those of the others needed no correction. It is inside the model file.",
        "temperature" => "Its probabilities are corrected by temperature scaling, fitted to predictions for rows the model had not seen; the correction is inside the model file.",
        var other => $"Its probabilities are corrected by {other}.",
    };

    private static List<FactRow> Steps(Run run, RunRecord record, RowNoun rows)
    {
        var manifest = run.Model.Manifest;
        var steps = new List<FactRow>
        {
            new("Kept aside", KeptAside(run, record, rows)),
            new("Out of fold", OutOfFold(run, record)),
            new("Preprocessing", manifest.Parent is null
                ? Preprocessing(manifest)
                : "The source model's own, unchanged: it fills, scales and reads levels as on the data it was made from."),
            new("Choice", Choice(run) + (WarningMapping.LeftOutByClock(run) is { } leftOut ? $" The time limit cut it short: {leftOut}." : "")),
            new("Calibration", manifest.Parent is null ? Calibration(manifest) : "The source model's own; the new data correct the weights or the intercept instead."),
        };
        if (manifest.Threshold is { } threshold)
        {
            steps.Add(new("Threshold", $"{NumberText.Probability(threshold)}: {ThresholdWords.Of(manifest.ThresholdRule)}. Out of fold, each fold is judged by a threshold chosen without it."));
        }

        steps.Add(new("Final model", $"Fitted with the choices above to {rows.Count(manifest.TrainingSamples)}"
            + (run.Parts.Any(part => part.Part == "test") ? ", none of them among the test rows." : ", all there were.")));
        steps.Add(Intervals);
        return steps;
    }

    private static string Preprocessing(Manifest manifest)
    {
        const string Filled = "A missing number is filled with the median of the training rows, and marked as missing where that was frequent enough to learn from; numbers are standardised. "
            + "Each level of a category has a weight of its own, missing being one of them.";
        const string Raw = "read numbers as they are; a missing one takes the side of each question on which it did better in training, and a category is asked by its levels.";
        string how = manifest.ModelKind switch
        {
            Stack => $"{Filled} Its trees {Raw}",
            "gradient boosting" or "random forest" => $"Its trees {Raw}",
            _ => Filled,
        };
        return $"{how} All of it is measured on training rows only and stands inside the model file.";
    }

    private static string OutOfFold(Run run, RunRecord record)
    {
        string together = run.Data.Patients is null
            ? "Rows that are equal in everything stand in one fold."
            : "All rows of a patient, and rows that are equal in everything, stand in one fold.";
        string folds = record.HasFolds
            ? $"{CandidateMapping.Folds(run)} folds were given by a file and followed exactly."
            : $"The {(run.Parts.Any(part => part.Part == "test") && !record.IsTestGiven ? "other " : "")}rows were divided into {CandidateMapping.Folds(run)} folds at random, each class by its share. {together}";
        string decided = run.Plan.FromDigest.Length > 0
            ? "the way of carrying the source model over, how far, and the threshold"
            : "penalty, kind of model, calibration and threshold";
        return $"{folds} For each fold everything was decided in {run.Plan.InnerFolds} inner folds of the other folds only: {decided}.";
    }

    private static string KeptAside(Run run, RunRecord record, RowNoun rows)
    {
        if (record.IsTestGiven)
        {
            return "The test data were given apart. They had no say in anything that was fitted or chosen.";
        }

        return run.Parts.FirstOrDefault(part => part.Part == "test") is { } test
            ? $"{rows.Count(test.Predictions.Length)} ({NumberText.Percent((double)test.Predictions.Length / run.Data.Rows)}) were drawn at random, each class by its share, "
                + "and sealed before anything was fitted. They had no say in any choice."
            : "Nothing: " + (record.HasFolds ? "the folds were given, and the final model is fitted to every row." : "the plan asks for no sealed part.");
    }

    private static string Choice(Run run) => run.Plan.FromDigest.Length > 0
        ? "Among leaving the source model as it is, giving it a new intercept, or a new intercept and slope, and refitting it shrunk towards where it was, by log-loss out of fold; "
            + "a bolder change must win by more than half a standard error."
        : run.Candidates.Length == 1
            ? $"One kind of model was tried; its setting was chosen by log-loss out of fold among {NumberText.Count(Math.Max(1, run.Candidates[0].SettingLosses.Length))}."
            : run.Candidates.Any(candidate => !candidate.Shares.IsEmpty)
            ? "Each kind of model at its best setting, and the mean of them (a stack), by log-loss out of fold; the stack gives way where one alone is better by a standard error."
            : "The kind of model and its setting with the lowest log-loss out of fold.";

    private static List<FactRow> Record(FinishedRun finished)
    {
        var (run, record) = (finished.Run, finished.Record);
        var facts = new List<FactRow>
        {
            new("Seed", record.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("Made by", $"MedTune {record.Version}, numerics profile {record.NumericsProfile}"),
            new("Model, sha256", run.Model.Digest),
            new("Data, sha256", record.DataDigest),
        };
        if (Digest(Path.Combine(finished.Folder, "plan.json")) is { } plan)
        {
            facts.Add(new("plan.json, sha256", plan));
        }

        facts.AddRange(record.Digests.Where(pair => pair.Key != "model.onnx").Select(pair => new FactRow($"{pair.Key}, sha256", pair.Value)));
        if (record.TestDigest.Length > 0)
        {
            facts.Add(new("Test rows, sha256", record.TestDigest));
        }

        return facts;
    }

    private static string? Digest(string path)
    {
        try
        {
            return File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The digest is a convenience; a report must not fail for it.
            return null;
        }
    }
}
