using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>A finished model on new data as a report.</summary>
internal static class ExternalMapping
{
    public static ReportContent Of(ExternalEvaluation evaluation)
    {
        var manifest = evaluation.Model.Manifest;
        var rows = RowNoun.Of(evaluation.Data);
        return new ReportContent
        {
            Title = OutcomeMapping.Title(manifest),
            Kind = ReportKind.Evaluation,
            Answer = AnswerMapping.Of(manifest, evaluation.Data, rows) with { Warnings = Warnings(evaluation, rows) },
            Parts = [PartMapping.Of(evaluation.Part, manifest, null)],
            Data = DataMapping.Of(evaluation),
            Model = ModelMapping.Of(evaluation.Model),
            Method = Method(evaluation),
            Limits = LimitMapping.Of(evaluation, rows),
            ProducedBy = $"MedTune {manifest.Version}",
        };
    }

    private static List<string> Warnings(ExternalEvaluation evaluation, RowNoun rows)
    {
        var warnings = new List<string>();
        if (evaluation.SeenRows > 0)
        {
            string verb = evaluation.SeenRows == 1 ? "was" : "were";
            warnings.Add($"The model was trained on {rows.Count(evaluation.SeenRows)} of these: {(evaluation.SeenRows == 1 ? "it" : "they")} {verb} "
                + "accepted with --accept trained-rows, and the figures flatter the model.");
        }

        warnings.AddRange(WarningMapping.Grave(evaluation.Data));
        return warnings;
    }

    private static MethodContent Method(ExternalEvaluation evaluation)
    {
        var manifest = evaluation.Model.Manifest;
        var steps = new List<FactRow>
        {
            new("Model", "The model file was applied unchanged: its preprocessing, weights, calibration and threshold are those it was made with."),
            new("When it was made", WhenMade(manifest)),
            new("Rows seen before", evaluation.SeenRows == 0
                ? "None of these rows equals one the model was trained on."
                : $"{NumberText.Count(evaluation.SeenRows)} of these rows equal rows the model was trained on, which was accepted."),
        };
        if (manifest.Threshold is { } threshold)
        {
            steps.Add(new("Threshold", $"{NumberText.Probability(threshold)}, fixed in the model file ({ThresholdWords.Of(manifest.ThresholdRule)})."));
        }

        if (FindingsMapping.Thresholds(manifest) is { } several)
        {
            steps.Add(new("Thresholds", several + "."));
        }

        steps.Add(MethodMapping.Intervals);
        steps.Add(new("Openings of these data", evaluation.Openings <= 1
            ? "Once on this machine, for this report."
            : $"{NumberText.Count(evaluation.Openings)} times on this machine, this report included. A model chosen after such looks is judged a little too well."));
        return new MethodContent
        {
            Steps = steps,
            Record =
            [
                new("Model, sha256", evaluation.Model.Digest),
                new("Data, sha256", evaluation.Data.Digest),
                new("Data the model was made from, sha256", manifest.DataDigest),
                new("Made by", $"MedTune {manifest.Version}, numerics profile {manifest.NumericsProfile}, seed {manifest.Seed}"),
            ],
            Command = "medtune evaluate MODEL DATA",
        };
    }

    /// <summary>The figures the model came with: what the new ones are to be held against.</summary>
    private static string WhenMade(Manifest manifest)
    {
        string part = manifest.Metrics.ContainsKey("test") ? "test" : "oof";
        var figures = new List<string>();
        foreach (var (name, label) in (ReadOnlySpan<(string, string)>)[("auroc", "AUROC"), ("macro_auroc", "mean AUROC over classes"), ("log_loss", "log-loss")])
        {
            if (manifest.Metrics.TryGetValue(part, out var metrics) && metrics.TryGetValue(name, out var estimate) && estimate.Value is { } value)
            {
                figures.Add($"{label} {NumberText.WithInterval(value, estimate.Low ?? double.NaN, estimate.High ?? double.NaN, NumberStyle.Decimal)}");
            }
        }

        string judged = figures.Count == 0 ? "" : $" It came with, {(part == "test" ? "on rows kept aside" : "out of fold")}: {string.Join(", ", figures)}.";
        return $"The model was fitted to {NumberText.Count(manifest.TrainingSamples)} rows of other data.{judged}";
    }
}
