using System.Globalization;

namespace MedTune.TabularBenchmark;

/// <summary>The figures of <c>baselines.md</c>, read from its tables.</summary>
internal sealed class Baselines
{
    private readonly Dictionary<(string Figure, string Task), double[]> _tasks = [];
    private readonly Dictionary<string, List<TransferRow>> _transfer = new(StringComparer.Ordinal);

    private Baselines()
    {
    }

    /// <summary>The names of the columns.</summary>
    public string[] Columns { get; private set; } = [];

    /// <summary>One figure of every column for a task.</summary>
    public double[] Of(string figure, string task) => _tasks[(figure, task)];

    /// <summary>The rows of the transfer table of a target hospital.</summary>
    public IReadOnlyList<TransferRow> Transfer(string target) => _transfer[target];

    public static Baselines Read(string path)
    {
        var baselines = new Baselines();
        string heading = "";
        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith("**", StringComparison.Ordinal))
            {
                heading = line.Split("**")[1];
            }
            else if (line.StartsWith("##", StringComparison.Ordinal))
            {
                heading = "";
            }
            else if (heading.Length > 0 && line.StartsWith('|') && !line.StartsWith("|-", StringComparison.Ordinal))
            {
                baselines.Add(heading, [.. line.Trim('|').Split('|').Select(cell => cell.Replace("**", "", StringComparison.Ordinal).Trim())]);
            }
        }

        return baselines;
    }

    private void Add(string heading, string[] cells)
    {
        if (cells[0] == "data set")
        {
            Columns = cells[3..];
        }
        else if (heading.StartsWith("heart_", StringComparison.Ordinal))
        {
            if (!_transfer.TryGetValue(heading, out var rows))
            {
                _transfer[heading] = rows = [];
            }

            if (cells[0] != "method")
            {
                rows.Add(new TransferRow(cells[0], [.. cells[1..].Select(ScoresOf)]));
            }
        }
        else
        {
            _tasks[(heading, cells[0])] = [.. cells[3..].Select(Number)];
        }
    }

    /// <summary>From <c>0.878 (0.026) / 0.128 / 0.411</c>: AUROC, Brier, log-loss.</summary>
    private static Scores ScoresOf(string cell)
    {
        string[] parts = cell.Split('/');
        return new Scores(Number(parts[0]), Number(parts[2]), Number(parts[1]));
    }

    private static double Number(string cell) => double.Parse(cell.Trim().Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>One method's figures, per number of labelled patients.</summary>
    internal sealed record TransferRow(string Method, Scores[] Cells);
}
