using MedTune.Data;

namespace MedTune.TreatmentBenchmark;

/// <summary>The shared treatment data.</summary>
internal sealed class SharedFiles(string folder)
{
    /// <summary>Finds the folder beside the repository.</summary>
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "treatment");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>A table of the folder.</summary>
    public Table Read(params string[] path) => TableReader.Read(Path.Combine([folder, .. path]), TableReadOptions.Default);

    /// <summary>A column of numbers; missing as NaN.</summary>
    public static double[] Numbers(Table table, string column) => table[column].ReadNumbers(MissingMarkers.Default, '.', out _);

    /// <summary>The rows whose number in a column of a split file is the given one.</summary>
    public static int[] RowsWhere(double[] marks, double value) => [.. Enumerable.Range(0, marks.Length).Where(row => marks[row] == value)];
}
