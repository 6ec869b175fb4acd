using System.Reflection;
using System.Text;
using MedTune.Graphs.Operators;
using MedTune.Tests.House;

namespace MedTune.Tests.Graphs;

/// <summary><c>docs/operators.md</c> says what the registry holds: written by this test when asked to, compared with it otherwise.</summary>
public sealed class OperatorTableTests
{
    private const string Document = "docs/operators.md";

    [Fact]
    public void Document_SaysWhatTheRegistryHolds()
    {
        string text = Table();
        if (Environment.GetEnvironmentVariable("MEDTUNE_WRITE_OPERATORS") == "1")
        {
            File.WriteAllText(Repository.PathOf(Document), text);
        }

        Assert.True(
            text == Repository.Read(Document).ReplaceLineEndings("\n"),
            $"{Document} is not what the registry holds: write it again with MEDTUNE_WRITE_OPERATORS=1 ./test OperatorTable.");
    }

    private static string Table()
    {
        var text = new StringBuilder(
            """
            # Operators

            What the graph engine runs, written by a test (`MEDTUNE_WRITE_OPERATORS=1 ./test OperatorTable`). *Gradient* says whether a model can be trained through the
            operator; the shape, integer and text operators need none. Names are those of ONNX operator set 23 and of `ai.onnx.ml` 5.

            """);
        var known = OperatorRegistry.All.ToDictionary(each => (each.Domain, each.Name));
        foreach (var (domain, names) in Standard())
        {
            var here = names.Where(name => known.ContainsKey((domain, name))).ToList();
            text.Append($"\n## {(domain.Length == 0 ? "ai.onnx" : domain)}: {here.Count} of {names.Length}\n\n| operator | gradient |\n|---|---|\n");
            foreach (string name in here)
            {
                text.Append($"| {name} | {(HasGradient(known[(domain, name)]) ? "yes" : "")} |\n");
            }

            text.Append($"\nNot there: {string.Join(", ", names.Except(here))}.\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static IEnumerable<(string Domain, string[] Names)> Standard()
    {
        foreach (string line in Repository.Read("tests/TestData/Graphs/onnx-operators.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            yield return (colon < 0 ? "" : line[..colon], line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static bool HasGradient(Operator op) =>
        op.GetType().GetMethod(nameof(Operator.Gradient), BindingFlags.Public | BindingFlags.Instance)!.DeclaringType is var type
        && type != typeof(Operator) && type != typeof(DynamicOperator);
}
