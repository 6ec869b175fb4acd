using System.Globalization;
using MedTune.GeneBenchmark;
using MedTune.Modalities.Genes;
using MedTune.Tensors;

// dotnet run -c Release --project benchmarks/MedTune.GeneBenchmark -- DATA [SET]...
string folder = args.Length > 0 ? args[0] : "../shared/data/genes";
string[] wanted = args.Length > 1 ? args[1..] : ["expr_golub", "expr_alon", "expr_khan", "expr_pomeroy", "expr_gravier", "expr_singh"];
using var pool = new TaskPool(2);
foreach (string set in wanted)
{
    string[] parts = set.Split(':');
    string path = Path.Combine(folder, parts[0]);
    var data = parts.Length == 1
        ? GeneTables.Expression(path)
        : GeneTables.Genotypes(Path.Combine(path, parts[1]), Path.Combine(path, "labels.csv"), parts[2]);
    var folds = GeneTables.Folds(Path.Combine(path, "folds.csv"), data.Rows);
    var (names, margins, losses, seconds) = CandidateRunner.Run(data, folds, [.. MedTune.Plan.DefaultModels(data.Input).Select(kind => GeneCandidates.Of(kind))], 1, pool);
    for (int i = 0; i < names.Length; i++)
    {
        var figures = Figures.Of(data, margins[i]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {set} | {names[i]} | {figures.Accuracy:F4} | {figures.Auroc:F4} | {figures.Matthews:F4} | log-loss {figures.LogLoss:F4} | inner {losses[i]:F4} | {seconds[i]:F1} |"));
    }
}
