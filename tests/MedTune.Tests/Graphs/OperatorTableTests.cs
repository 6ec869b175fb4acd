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
            operator; the shape, integer and text operators need none. Names are those of ONNX operator set 23 and of `ai.onnx.ml` 5; Upsample is read as Resize.

            The drawing operators (RandomNormal, RandomUniform and their Like forms, Bernoulli, Multinomial) use a counter-based generator of our own: the attribute `seed`, or without
            one the name of the node's output, decides the numbers, which are the same in every run and with any threads. Other runtimes draw other numbers, with the same seed too.
            Det is differentiated by cofactors, DFT and STFT are plain sums: exact, and meant for short signals and small matrices. Where runtimes disagree, the standard's words
            count: post_transform of a regressor with one target is done, and a recurrent layer keeps its initial state for a sequence without steps. Of what is not there, DeformConv and the text
            operators came after set 18, which models are kept in, CastMap and DictVectorizer take maps, and ImageDecoder needs decoders.

            """);
        foreach (var (domain, names) in Standard())
        {
            var here = names.Where(name => OperatorRegistry.Find(domain, name) is not null).ToList();
            text.Append($"\n## {(domain.Length == 0 ? "ai.onnx" : domain)}: {here.Count} of {names.Length}\n\n| operator | gradient |\n|---|---|\n");
            foreach (string name in here)
            {
                text.Append($"| {name} | {(HasGradient(OperatorRegistry.Find(domain, name)!) ? "yes" : "")} |\n");
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
