using System.Globalization;

namespace MedTune.TabularBenchmark;

/// <summary>Prints the transfer table beside the baseline rows, and its verdicts.</summary>
internal static class TransferReport
{
    private const double LogLossLimit = 0.402;
    private const double AurocLimit = 0.787;
    private const double Tolerance = 0.01;

    public static void Print(TransferResult result, Baselines baselines, TextWriter output)
    {
        output.WriteLine($"## Transfer from Cleveland (source: {result.SourceKind}; {result.Cells[0].Own.Length} seeds; AUROC / Brier / log-loss)\n");
        foreach (var group in result.Cells.GroupBy(cell => cell.Target))
        {
            var cells = group.ToList();
            output.WriteLine($"**{group.Key}**\n");
            output.WriteLine($"| method | {string.Join(" | ", cells.Select(cell => $"k = {cell.Labelled}"))} |");
            output.WriteLine($"|---|{string.Concat(cells.Select(_ => "---|"))}");
            Row("**MedTune, one default command**", cells.Select(cell => Scores.Mean(cell.Own)), output);
            Row("MedTune source untouched", cells.Select(cell => Scores.Mean(cell.Source)), output);
            Row("MedTune source, new intercept", cells.Select(cell => Scores.Mean(cell.NewIntercept)), output);
            foreach (var row in baselines.Transfer(group.Key))
            {
                Row(row.Method, row.Cells, output);
            }

            output.WriteLine();
            foreach (var cell in cells)
            {
                output.WriteLine($"k = {cell.Labelled}: chosen {string.Join(", ", cell.Adaptations.Select(pair => $"{pair.Key} {pair.Value}"))}.");
            }

            output.WriteLine();
        }

        PrintMeans(result, baselines, output);
        PrintVerdicts(result, output);
    }

    private static void PrintMeans(TransferResult result, Baselines baselines, TextWriter output)
    {
        output.WriteLine($"**Mean over the {result.Cells.Count} cells**\n");
        output.WriteLine("| method | AUROC / Brier / log-loss |\n|---|---|");
        Row("**MedTune, one default command**", [Scores.Mean([.. result.Cells.Select(cell => Scores.Mean(cell.Own))])], output);
        Row("MedTune source untouched", [Scores.Mean([.. result.Cells.Select(cell => Scores.Mean(cell.Source))])], output);
        Row("MedTune source, new intercept", [Scores.Mean([.. result.Cells.Select(cell => Scores.Mean(cell.NewIntercept))])], output);
        var targets = result.Cells.Select(cell => cell.Target).Distinct(StringComparer.Ordinal).ToList();
        foreach (string method in baselines.Transfer(targets[0]).Select(row => row.Method))
        {
            var cells = targets.SelectMany(target => baselines.Transfer(target).First(row => row.Method == method).Cells);
            Row(method, [Scores.Mean([.. cells])], output);
        }

        output.WriteLine();
    }

    private static void PrintVerdicts(TransferResult result, TextWriter output)
    {
        var mean = Scores.Mean([.. result.Cells.Select(cell => Scores.Mean(cell.Own))]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"- log-loss {mean.LogLoss:F4}, at most {LogLossLimit}: {(mean.LogLoss <= LogLossLimit ? "reached" : "not reached")}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"- AUROC {mean.Auroc:F4}, at least {AurocLimit}: {(mean.Auroc >= AurocLimit ? "reached" : "not reached")}"));
        int worse = 0;
        foreach (var cell in result.Cells)
        {
            double behind = Scores.Mean(cell.Own).LogLoss - Scores.Mean(cell.NewIntercept).LogLoss;
            if (behind > Tolerance)
            {
                worse++;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"- {cell.Target}, k = {cell.Labelled}: log-loss worse by {behind:F4} than our own source model with a new intercept"));
            }
        }

        output.WriteLine($"- cells worse by more than .01 than our own source model with a new intercept: {worse}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"- {result.Seconds:F0} seconds\n"));
    }

    private static void Row(string name, IEnumerable<Scores> cells, TextWriter output) =>
        output.WriteLine($"| {name} | {string.Join(" | ", cells.Select(Text))} |");

    private static string Text(Scores scores) =>
        string.Create(CultureInfo.InvariantCulture, $"{scores.Auroc:F3} / {scores.Brier:F3} / {scores.LogLoss:F3}");
}
