using System.Text.Json.Nodes;
using MedTune.Data.Images;

namespace MedTune.Cli.Output;

/// <summary>What is in a set of pictures, for machines.</summary>
internal static class ImageDocument
{
    public static JsonObject Of(ImageSet images, ImageInspection inspection)
    {
        PictureMeasures[] measures = [.. inspection.Measures.OfType<PictureMeasures>()];
        return new JsonObject
        {
            ["data"] = images.Path,
            ["images"] = images.Samples.Length,
            ["several_labels"] = images.HasSeveralLabels,
            ["classes"] = new JsonArray([.. images.Classes.Select((name, label) => new JsonObject
            {
                ["name"] = name,
                ["count"] = ImageTables.Count(images, label, null),
                ["train"] = ImageTables.Count(images, label, "train"),
                ["val"] = ImageTables.Count(images, label, "val"),
                ["test"] = ImageTables.Count(images, label, "test"),
            })]),
            ["grey"] = measures.Count(measure => measure.IsGrey),
            ["widths"] = Range(measures, measure => measure.Width),
            ["heights"] = Range(measures, measure => measure.Height),
            ["origins"] = new JsonObject(ImageTables.Origins(images).Select(kind => KeyValuePair.Create(
                kind.Name.ToLowerInvariant(), (JsonNode?)new JsonObject(kind.Counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)))))),
            ["flow"] = new JsonArray([.. inspection.Flow(images).Select(step => new JsonObject
            {
                ["left_out"] = step.Reason is { } reason ? JsonText.Word(reason) : null,
                ["images"] = step.Images,
                ["patients"] = step.Patients,
            })]),
            ["left_out"] = new JsonArray([.. inspection.LeftOut.Select(pair => new JsonObject
            {
                ["image"] = images.Samples[pair.Key].Name,
                ["reason"] = JsonText.Word(pair.Value),
                ["message"] = inspection.Refusals.GetValueOrDefault(pair.Key),
            })]),
            ["twins"] = new JsonArray([.. inspection.Twins.Select(twin => new JsonObject
            {
                ["first"] = images.Samples[twin.First].Name,
                ["second"] = images.Samples[twin.Second].Name,
                ["exact"] = twin.IsExact,
                ["correlation"] = JsonText.Number(twin.Correlation),
            })]),
            ["mixed_series"] = new JsonArray([.. inspection.MixedSeries.Select(series => new JsonObject
            {
                ["usual"] = images.Samples[series.Usual].Name,
                ["odd"] = JsonText.Texts(series.Odd.Select(sample => images.Samples[sample].Name)),
                ["differences"] = JsonText.Texts(series.Differences),
            })]),
            ["findings"] = DataDocument.Findings(inspection.Findings),
        };
    }

    private static JsonArray Range(PictureMeasures[] measures, Func<PictureMeasures, int> side) =>
        measures.Length == 0 ? [] : [measures.Min(side), measures.Max(side)];
}
