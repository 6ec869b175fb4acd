using System.Globalization;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Reports;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune explain</c> of gene data: what genes, variants or letters do to the answers.</summary>
internal static class GeneExplanations
{
    private const string SampleName = "sample=";
    private const int MostRows = 200;
    private const int FewestRows = 3;
    private const int MostSequences = 30;

    // A sample of a matrix takes an answer for each gene that the model reads, and each answer reads all of them.
    private const long MostValues = 500_000_000;

    /// <summary>What is asked for beside model and data.</summary>
    /// <param name="Id">Which sample; null for all together.</param>
    /// <param name="Output">The file for the heat map of a sequence; null for none.</param>
    /// <param name="Threads">At least 1.</param>
    /// <param name="Next">What to type for one sample.</param>
    public sealed record Request(string? Id, string? Output, int Threads, string Next);

    /// <summary>Explains and shows.</summary>
    public static void Show(Screen screen, ModelFile model, GeneSet set, Request request, CancellationToken cancellation)
    {
        bool isSequence = set.Form == GeneForm.Sequence;
        if (request.Output is { } output)
        {
            OutputFile.Check(
                isSequence && request.Id is not null ? output : throw new ArgumentsException("--out draws one sequence: name a file of sequences, and one of them with --id."), "--out");
        }

        int? row = request.Id is { } id ? Find(id, set) : null;
        using var explainer = new GeneExplainer(model, request.Threads);
        if (isSequence)
        {
            ShowSequences(screen, explainer, set, row, request, cancellation);
            return;
        }

        int width = Math.Max(1, model.Manifest.Genes!.Features.Length);
        int most = (int)Math.Clamp(MostValues / ((long)width * width), FewestRows, MostRows);
        int[] rows = row is { } one ? [one] : Spread(set.RowNumbers.Length, most);
        var explanations = explainer.Explain(set, rows, cancellation);
        if (row is not null)
        {
            GeneExplanationTables.Show(screen, model.Manifest, set.RowNumbers[rows[0]], explanations[0]);
        }
        else
        {
            GeneExplanationTables.ShowOverall(screen, model.Manifest, explanations, set.RowNumbers.Length, request.Next);
        }
    }

    private static void ShowSequences(Screen screen, GeneExplainer explainer, GeneSet set, int? row, Request request, CancellationToken cancellation)
    {
        if (row is { } one)
        {
            var mutations = explainer.Mutate(set.Sequences[one]);
            if (request.Output is { } output)
            {
                SequenceReport.Write(mutations, output);
            }

            SequenceExplanationTables.Show(screen, explainer.Model.Manifest, set.RowNumbers[one], mutations, request.Output);
            return;
        }

        if (set.Sequences.Any(letters => letters.Length != set.Sequences[0].Length))
        {
            throw new DataException($"{Path.GetFileName(set.Path)}: its sequences are of several lengths, so that places cannot be compared; explain one of them with --id, such as --id 0.");
        }

        var all = new List<SequenceMutations>();
        foreach (int each in Spread(set.Sequences.Length, MostSequences))
        {
            cancellation.ThrowIfCancellationRequested();
            all.Add(explainer.Mutate(set.Sequences[each]));
        }

        SequenceExplanationTables.ShowOverall(screen, explainer.Model.Manifest, all, set.Sequences.Length, request.Next);
    }

    private static int[] Spread(int count, int most) => count <= most ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * count / most))];

    /// <summary>By the number that answers have too, or by name.</summary>
    private static int Find(string id, GeneSet set)
    {
        bool isName = id.StartsWith(SampleName, StringComparison.Ordinal);
        if (!isName && !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ArgumentsException($"--id needs the number of a sample, such as 17, or {SampleName}NAME.");
        }

        int found = isName ? set.Names.IndexOf(id[SampleName.Length..]) : set.RowNumbers.IndexOf(int.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture));
        return found >= 0 ? found : throw new DataException(isName
            ? $"{Path.GetFileName(set.Path)}: no sample has the name given with --id."
            : $"{Path.GetFileName(set.Path)}: has no sample {id}; there are {set.RowNumbers.Length}, numbered from {set.RowNumbers.Min()} to {set.RowNumbers.Max()}.");
    }
}
