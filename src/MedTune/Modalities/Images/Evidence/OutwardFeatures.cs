using MedTune.Data.Images;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>One kind of what can be seen of a picture without looking at what it shows.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Description">What is looked at, in words.</param>
/// <param name="Columns">Features, each with one number for each picture.</param>
internal sealed record OutwardFeatures(string Name, string Description, IReadOnlyList<double[]> Columns)
{
    private const int MostLevels = 20;

    /// <summary>All kinds that differ between the pictures.</summary>
    public static OutwardFeatures[] Of(IReadOnlyList<ImageSample> samples, IReadOnlyList<PictureMeasures> measures)
    {
        OutwardFeatures[] kinds =
        [
            new("border", "brightness of twelve places along the border", [.. Enumerable.Range(0, measures[0].Border.Length).Select(place => Column(measures, measure => measure.Border[place]))]),
            new("size", "width, height and their ratio", [Column(measures, measure => measure.Width), Column(measures, measure => measure.Height), Column(measures, measure => (double)measure.Width / measure.Height)]),
            new("colour", "grey or coloured", [Column(measures, measure => measure.IsGrey ? 0 : 1)]),
            new("encoding", "kind of file and depth of samples", [Column(measures, measure => DoubleMath.Log(measure.Range)), .. Levels([.. samples.Select(Ending)])]),
            new("site", "where the picture was taken", Levels([.. samples.Select(sample => sample.Site ?? "")])),
        ];
        return [.. kinds.Select(kind => kind with { Columns = [.. kind.Columns.Where(column => column.Any(value => value != column[0]))] }).Where(kind => kind.Columns.Count > 0)];
    }

    private static double[] Column(IReadOnlyList<PictureMeasures> measures, Func<PictureMeasures, double> value) => [.. measures.Select(value)];

    private static string Ending(ImageSample sample) => Path.GetExtension(sample.Name).ToLowerInvariant();

    /// <summary>A column of 0 and 1 for each of the most frequent levels.</summary>
    private static List<double[]> Levels(string[] values) =>
    [
        .. values.GroupBy(value => value, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostLevels)
            .Select(group => Array.ConvertAll(values, value => value == group.Key ? 1.0 : 0)),
    ];
}
