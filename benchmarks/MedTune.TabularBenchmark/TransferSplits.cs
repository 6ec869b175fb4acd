using System.Globalization;

namespace MedTune.TabularBenchmark;

/// <summary>For each target hospital and seed: the test rows, and the order in which labelled patients become available.</summary>
internal sealed class TransferSplits
{
    private readonly Dictionary<(string Target, int Seed), List<(int Row, int Rank)>> _rows = [];

    public static TransferSplits Read(string path)
    {
        var splits = new TransferSplits();
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] cells = line.Split(',');
            var key = (cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture));
            if (!splits._rows.TryGetValue(key, out var rows))
            {
                splits._rows[key] = rows = [];
            }

            rows.Add((int.Parse(cells[2], CultureInfo.InvariantCulture), int.Parse(cells[3], CultureInfo.InvariantCulture)));
        }

        return splits;
    }

    /// <summary>The target hospitals, in the order of the file.</summary>
    public IEnumerable<string> Targets => _rows.Keys.Select(key => key.Target).Distinct(StringComparer.Ordinal);

    public int[] TestRows(string target, int seed) => [.. _rows[(target, seed)].Where(entry => entry.Rank < 0).Select(entry => entry.Row).Order()];

    /// <summary>The first <paramref name="count"/> labelled patients.</summary>
    public int[] Labelled(string target, int seed, int count) =>
        [.. _rows[(target, seed)].Where(entry => entry.Rank >= 0 && entry.Rank < count).Select(entry => entry.Row).Order()];

    public int Pool(string target, int seed) => _rows[(target, seed)].Count(entry => entry.Rank >= 0);
}
