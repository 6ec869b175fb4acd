using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>A model file as a model card.</summary>
internal static class CardMapping
{
    public static ReportContent Of(ModelFile model)
    {
        var manifest = model.Manifest;
        return new ReportContent
        {
            Title = OutcomeMapping.Title(manifest),
            Kind = ReportKind.Card,
            Answer = AnswerMapping.Of(manifest),
            Parts = [.. manifest.Metrics.Select(part => PartMapping.Of(part.Key, part.Value, manifest)).OfType<EvaluationPart>()],
            Data = Data(manifest),
            Model = ModelMapping.Of(model),
            Method = Method(model),
            Limits = LimitMapping.Of(manifest),
            ProducedBy = $"MedTune {manifest.Version}",
        };
    }

    private static DataContent Data(Manifest manifest) => new()
    {
        Source =
        [
            new("Fitted to", $"{NumberText.Count(manifest.TrainingSamples)} rows: "
                + string.Join(", ", manifest.Classes.Zip(manifest.TrainingClassCounts, (name, count) => $"{name} {NumberText.Count(count)}"))),
            new("Cells that mean missing", manifest.MissingMarkers.IsEmpty
                ? "empty ones and the usual words"
                : $"empty ones, the usual words, and {string.Join(" ", manifest.MissingMarkers)}"),
        ],
        Columns = ColumnMapping.Of(manifest),
        UnlistedColumns = Math.Max(0, manifest.Columns.Length - ColumnMapping.MostListed),
        UnlistedInputs = Math.Max(0, manifest.Columns.Length - ColumnMapping.MostListed),
    };

    private static MethodContent Method(ModelFile model)
    {
        var manifest = model.Manifest;
        var steps = new List<FactRow>
        {
            new("Intended use", manifest.IntendedUse.Length > 0 ? manifest.IntendedUse : "Not stated by whoever made the model."),
            new("Licence", manifest.Licence.Length > 0 ? manifest.Licence : "Not stated by whoever made the model."),
            new("Calibration", MethodMapping.Calibration(manifest)),
        };
        if (manifest.Threshold is { } threshold)
        {
            steps.Add(new("Threshold", $"{NumberText.Probability(threshold)}: {ThresholdWords.Of(manifest.ThresholdRule)}."));
        }

        if (FindingsMapping.Thresholds(manifest) is { } several)
        {
            steps.Add(new("Thresholds", several + "."));
        }

        steps.Add(MethodMapping.Intervals);
        return new MethodContent
        {
            Steps = steps,
            Record =
            [
                new("Model, sha256", model.Digest),
                new("Data, sha256", manifest.DataDigest),
                new("Made by", $"MedTune {manifest.Version}, numerics profile {manifest.NumericsProfile}, seed {manifest.Seed}"),
            ],
        };
    }
}
