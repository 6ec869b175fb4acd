using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>A model file as a model card.</summary>
internal static class CardMapping
{
    public static ReportContent Of(ModelFile model, ReportWords words)
    {
        var manifest = model.Manifest;
        return new ReportContent
        {
            Title = OutcomeMapping.Title(manifest, words),
            Language = words.Language,
            Kind = ReportKind.Card,
            Answer = AnswerMapping.Of(manifest, words),
            Parts = [.. manifest.Metrics.Select(part => PartMapping.Of(part.Key, part.Value, manifest, words)).OfType<EvaluationPart>()],
            Data = Data(manifest, words),
            Model = ModelMapping.Of(model, words),
            Method = Method(model, words),
            Limits = LimitMapping.Of(manifest, words),
            ProducedBy = $"MedTune {manifest.Version}",
        };
    }

    private static DataContent Data(Manifest manifest, ReportWords words) => new()
    {
        Source = manifest.Genes is { } genes ? Genes(genes, manifest, words) :
        [
            new(words.Of("Fitted to", "拟合所用"), words.Of($"{NumberText.Count(manifest.TrainingSamples)} rows: ", $"{NumberText.Count(manifest.TrainingSamples)} 条记录：")
                + string.Join(words.Of(", ", "，"), manifest.Classes.Zip(manifest.TrainingClassCounts, (name, count) => $"{name} {NumberText.Count(count)}"))),
            new(words.Of("Cells that mean missing", "视为缺失的单元格"), manifest.MissingMarkers.IsEmpty
                ? words.Of("empty ones and the usual words", "空单元格和常用字样")
                : words.Of($"empty ones, the usual words, and {string.Join(" ", manifest.MissingMarkers)}", $"空单元格、常用字样，以及 {string.Join(" ", manifest.MissingMarkers)}")),
        ],
        Columns = ColumnMapping.Of(manifest, words),
        UnlistedColumns = Math.Max(0, manifest.Columns.Length - ColumnMapping.MostListed),
        UnlistedInputs = Math.Max(0, manifest.Columns.Length - ColumnMapping.MostListed),
    };

    private static IReadOnlyList<FactRow> Genes(ManifestGenes genes, Manifest manifest, ReportWords words) =>
    [
        GeneMapping.Input(genes, words),
        new(words.Of("Made from", "制作所用"), RowNoun.Of(genes.Form).Count(manifest.TrainingSamples, words) + words.Of(": ", "：")
            + string.Join(words.Of(", ", "，"), manifest.Classes.Zip(manifest.TrainingClassCounts, (name, count) => $"{name} {NumberText.Count(count)}"))),
    ];

    private static MethodContent Method(ModelFile model, ReportWords words)
    {
        var manifest = model.Manifest;
        string unstated = words.Of("Not stated by whoever made the model.", "建模者未说明。");
        var steps = new List<FactRow>
        {
            new(words.Of("Intended use", "预期用途"), manifest.IntendedUse.Length > 0 ? manifest.IntendedUse : unstated),
            new(words.Of("Licence", "许可"), manifest.Licence.Length > 0 ? manifest.Licence : unstated),
            new(words.Of("Calibration", "校准"), MethodMapping.Calibration(manifest, words)),
        };
        if (manifest.Threshold is { } threshold)
        {
            steps.Add(new(words.Of("Threshold", "阈值"), ThresholdWords.With(threshold, manifest, words)));
        }

        if (FindingsMapping.Thresholds(manifest, words) is { } several)
        {
            steps.Add(new(words.Of("Thresholds", "阈值"), several + words.Of(".", "。")));
        }

        steps.Add(MethodMapping.Intervals(words));
        return new MethodContent
        {
            Steps = steps,
            Record =
            [
                new(words.Of("Model, sha256", "模型 sha256"), model.Digest),
                new(words.Of("Data, sha256", "数据 sha256"), manifest.DataDigest),
                MethodMapping.MadeBy(manifest, words),
            ],
        };
    }
}
