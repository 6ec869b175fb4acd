using System.Text;
using MedTune.Tests.Graphs.Operators;
using Xunit.Abstractions;

namespace MedTune.Tests.Graphs;

/// <summary>
/// The ONNX project's own cases, from Debian's package libonnx-testdata: every case whose operators are all there must pass, but for those
/// that tests/TestData/Graphs/conformance.txt lists with the reason. A case listed as passing must not get lost.
/// </summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private const string Cases = "/usr/share/libonnx-testdata/data";

    private static readonly string[] Sets = ["node", "pytorch-converted", "pytorch-operator", "simple"];

    [Fact]
    public void Cases_OfKnownOperators_GiveTheStoredOutputs()
    {
        if (!Directory.Exists(Cases))
        {
            output.WriteLine($"Left out: {Cases} is not there (Debian package libonnx-testdata).");
            return;
        }

        string file = Path.Combine(GoldenValues.Folder, "conformance.txt");
        var committed = Read(file);
        var results = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (string folder in Sets.SelectMany(set => Directory.GetDirectories(Path.Combine(Cases, set), "test_*")))
        {
            if (ConformanceCase.Load(folder) is { } sample)
            {
                results[Path.GetRelativePath(Cases, folder).Replace('\\', '/')] = sample.Run();
            }
        }

        if (Environment.GetEnvironmentVariable("MEDTUNE_WRITE_CONFORMANCE") == "1")
        {
            Write(file, results, committed);
            committed = Read(file);
        }

        var wrong = new List<string>();
        foreach (var (name, reason) in committed)
        {
            if (!results.TryGetValue(name, out string? result))
            {
                wrong.Add($"{name} was lost: it uses an operator or type that is no longer there");
            }
            else if (reason.Length == 0 && result is not null)
            {
                wrong.Add($"{name}: {result}");
            }
        }

        wrong.AddRange(results.Where(pair => !committed.ContainsKey(pair.Key)).Select(pair => $"{pair.Key} is not listed: {pair.Value ?? "it passes; list it"}"));
        output.WriteLine($"{results.Count(pair => pair.Value is null)} cases pass, {results.Count(pair => pair.Value is not null)} are listed with a reason.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>One case a line; behind a tab, why it is not expected to pass.</summary>
    private static SortedDictionary<string, string> Read(string file)
    {
        var cases = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            if (line.Length > 0 && line[0] != '#')
            {
                string[] parts = line.Split('\t', 2);
                cases[parts[0]] = parts.Length > 1 ? parts[1] : string.Empty;
            }
        }

        return cases;
    }

    private static void Write(string file, SortedDictionary<string, string?> results, SortedDictionary<string, string> committed)
    {
        var text = new StringBuilder("# Cases of ONNX 1.12 (Debian's libonnx-testdata) whose operators are all registered. Behind a tab: why a case is not expected to pass.\n");
        foreach (var (name, result) in results)
        {
            text.Append(name);
            if (result is not null)
            {
                text.Append('\t').Append(committed.GetValueOrDefault(name) is { Length: > 0 } reason ? reason : result);
            }

            text.Append('\n');
        }

        File.WriteAllText(file, text.ToString());
    }
}
