using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Prediction;

namespace MedTune.Cli.Output;

/// <summary>What changes of letters do to answers, as lines and tables for people and documents for machines.</summary>
internal static class SequenceExplanationTables
{
    private const int LettersPerLine = 50;
    private const int MostShown = 15;
    private const int BarWidth = 24;

    // Shares of the largest change from which a letter is marked.
    private const double Much = 0.5;
    private const double Some = 0.2;

    /// <summary>One sequence: its letters, marked by what changing them does.</summary>
    public static void Show(Screen screen, Manifest manifest, int row, SequenceMutations mutations, string? file)
    {
        if (screen.IsJson)
        {
            screen.Json(Document(manifest, row, mutations, file));
            return;
        }

        var places = Enumerable.Range(0, mutations.Letters.Length).Select(place => (Place: place, Best: mutations.LargestAt(place))).ToArray();
        double largest = places.Length == 0 ? 0 : places.Max(each => Math.Abs(each.Best.Change));
        screen.Heading($"{manifest.Target}, sequence {row.ToString(CultureInfo.InvariantCulture)}: {mutations.Answer.Class} ({GeneExplanationTables.Probability(manifest, mutations.Answer)})");
        foreach (var line in places.Chunk(LettersPerLine))
        {
            string number = FigureText.Count(line[0].Place + 1).PadLeft(6) + "  ";
            screen.Pieces([number, .. line.Select(each => new Cell(mutations.Letters[each.Place].ToString(), EmphasisOf(each.Best.Change, largest)))]);
            screen.Line((new string(' ', number.Length) + string.Concat(line.Select(each => Mark(each.Best.Change, largest)))).TrimEnd());
        }

        screen.Paragraph($"Under a letter: # its loss costs '{mutations.ExplainedClass}' much, + something; = changing it would gain much, - something.");
        screen.Line();
        var table = new ConsoleTable().Numbers("place").Column("letter").Column("changed to").Numbers("log-odds").Column("size", isWrapped: false);
        foreach (var (place, best) in places.Where(each => each.Best.Change != 0).OrderByDescending(each => Math.Abs(each.Best.Change)).ThenBy(each => each.Place).Take(MostShown))
        {
            table.Row(FigureText.Count(place + 1), mutations.Letters[place].ToString(), best.Letter.ToString(), FigureText.Signed(best.Change), new Cell(Bar.Of(Math.Abs(best.Change), largest, BarWidth), best.Change > 0 ? Emphasis.Bad : Emphasis.Good));
        }

        screen.Table(table);
        screen.Paragraph($"Log-odds of '{mutations.ExplainedClass}': {FigureText.Signed(mutations.LogOdds)} as the sequence is; {SequenceMutations.Method}. It describes the model, not the biology, and classifies no variant.");
        foreach (string warning in mutations.Answer.Warnings)
        {
            screen.Paragraph(warning, indent: 2, firstLine: "! ");
        }

        if (file is not null)
        {
            screen.Line();
            screen.Heading("Files:");
            screen.Line($"  {file}");
        }
    }

    /// <summary>Aligned sequences together, place by place.</summary>
    public static void ShowOverall(Screen screen, Manifest manifest, IReadOnlyList<SequenceMutations> all, int sequences, string next)
    {
        var places = Enumerable.Range(0, all[0].Letters.Length)
            .Select(place => (Place: place, Mean: all.Average(each => Math.Abs(each.LargestAt(place).Change)), Largest: all.Max(each => Math.Abs(each.LargestAt(place).Change)))).ToArray();
        if (screen.IsJson)
        {
            screen.Json(new JsonObject
            {
                ["target"] = manifest.Target,
                ["sequences"] = sequences,
                ["explained_sequences"] = all.Count,
                ["method"] = SequenceMutations.Method,
                ["places"] = new JsonArray([.. places.Select(place => (JsonNode?)new JsonObject
                {
                    ["place"] = place.Place + 1,
                    ["mean_absolute_log_odds"] = JsonText.Number(place.Mean),
                    ["largest_absolute_log_odds"] = JsonText.Number(place.Largest),
                })]),
            });
            return;
        }

        screen.Heading($"{manifest.Target}: which places move the answers in {FigureText.Count(sequences, "sequence")}{(all.Count < sequences ? $" (from {FigureText.Count(all.Count)} of them)" : "")}");
        double largest = places.Max(place => place.Mean);
        var table = new ConsoleTable().Numbers("place").Numbers("mean size").Numbers("largest").Column("in log-odds, the largest change of the letter", isWrapped: false);
        foreach (var place in places.Where(place => place.Mean > 0).OrderByDescending(place => place.Mean).ThenBy(place => place.Place).Take(MostShown))
        {
            table.Row(FigureText.Count(place.Place + 1), FigureText.Figure(place.Mean), FigureText.Figure(place.Largest), Bar.Of(place.Mean, largest, BarWidth));
        }

        screen.Table(table);
        screen.Line();
        screen.Heading("Next, one sequence:");
        screen.Line($"  {next}");
    }

    private static JsonObject Document(Manifest manifest, int row, SequenceMutations mutations, string? file) => new()
    {
        ["target"] = manifest.Target,
        ["classes"] = JsonText.Texts(manifest.Classes),
        ["row"] = row,
        ["class"] = mutations.Answer.Class,
        ["probability"] = JsonText.Number(mutations.Answer.Probability),
        ["explained_class"] = mutations.ExplainedClass,
        ["log_odds"] = JsonText.Number(mutations.LogOdds),
        ["method"] = SequenceMutations.Method,
        ["places"] = new JsonArray([.. Enumerable.Range(0, mutations.Letters.Length).Select(place => (JsonNode?)new JsonObject
        {
            ["place"] = place + 1,
            ["letter"] = mutations.Letters[place].ToString(),
            ["log_odds"] = new JsonObject([.. Enumerable.Range(0, SequenceMutations.Alphabet.Length)
                .Select(letter => KeyValuePair.Create(SequenceMutations.Alphabet[letter].ToString(), JsonText.Number(mutations.Changes[(place * SequenceMutations.Alphabet.Length) + letter])))]),
        })]),
        ["file"] = file,
        ["warnings"] = JsonText.Texts(mutations.Answer.Warnings),
    };

    private static Emphasis EmphasisOf(double change, double largest) => Math.Abs(change) < Some * largest || largest == 0 ? Emphasis.Faint : change < 0 ? Emphasis.Bad : Emphasis.Good;

    private static char Mark(double change, double largest) => largest == 0 || Math.Abs(change) < Some * largest ? ' '
        : Math.Abs(change) >= Much * largest ? (change < 0 ? '#' : '=') : change < 0 ? '+' : '-';
}
