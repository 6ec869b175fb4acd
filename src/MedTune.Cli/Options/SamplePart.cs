using MedTune.Cli.Output;
using MedTune.Data;

namespace MedTune.Cli.Options;

/// <summary>Draws a few patients of a table, the same ones every time, and leaves the others for the test.</summary>
internal static class SamplePart
{
    /// <summary>The two tables.</summary>
    internal sealed record Split(string TrainingPath, int TrainingRows, string TestPath, int TestRows);

    /// <summary>Writes both parts into a folder.</summary>
    /// <remarks>The order of the rows' digests is as good as random and the same everywhere; equal rows stay together.</remarks>
    public static Split Draw(string path, string target, int patients, string folder)
    {
        Dataset dataset = Dataset.FromCsv(path, target);
        int[] ordered = [.. Enumerable.Range(0, dataset.RowCount).OrderBy(row => dataset.RowDigests[row], StringComparer.Ordinal).ThenBy(row => row)];
        int drawn = Math.Min(patients, ordered.Length);
        while (drawn < ordered.Length && dataset.RowDigests[ordered[drawn]] == dataset.RowDigests[ordered[drawn - 1]])
        {
            drawn++;
        }

        string name = Path.GetFileNameWithoutExtension(path);
        string training = Path.Combine(folder, $"{name}_{drawn}.csv");
        string test = Path.Combine(folder, $"{name}_others.csv");
        Write(training, dataset, ordered[..drawn]);
        Write(test, dataset, ordered[drawn..]);
        return new Split(training, drawn, test, ordered.Length - drawn);
    }

    private static void Write(string path, Dataset dataset, int[] rows) => ResultFile.Write(path, writer =>
    {
        CsvLine.Write(writer, dataset.Table.ColumnNames);
        foreach (int row in rows.Order())
        {
            int place = dataset.RowNumbers[row];
            CsvLine.Write(writer, dataset.Table.Columns.Select(column => column[place]));
        }
    });
}
