using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune verify</c>: trains again and compares digests.</summary>
internal sealed class VerifyVerb : Verb
{
    private const int ShownDigits = 16;

    private readonly Argument<string> _run = PathArgument.Run();
    private readonly Argument<string?> _data = PathArgument.OptionalData("Where the data are now; test data given apart are looked for beside it. Default: where they were.");
    private readonly Option<int?> _threads = ThreadsOption.Create();

    public override string Name => "verify";

    public override string Summary => "Trains again from the record of a run and compares the files byte for byte: recorded, kept and made again. Nothing is written.";

    public override string Description => "Exit code 0: all files are equal. Exit code 5: one differs.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune verify runs/heart", "is this model what its record says?"),
        new("medtune verify runs/heart elsewhere/heart.csv --threads 1", "with the data from another place; the processors change nothing"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_run);
        command.Arguments.Add(_data);
        command.Options.Add(_threads);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        string folder = parsed.GetRequiredValue(_run);
        int threads = ThreadsOption.Read(parsed, _threads);
        Verification verification = await ProgressDisplay.ShowAsync(
            screen, progress => Runs.VerifyAsync(folder, parsed.GetValue(_data), threads, progress, cancellationToken)).ConfigureAwait(false);
        if (screen.IsJson)
        {
            screen.Json(Document(folder, verification));
        }
        else
        {
            Show(screen, folder, verification);
        }

        return verification.IsEqual ? ExitCode.Done : ExitCode.VerificationDiffers;
    }

    private static void Show(Screen screen, string folder, Verification verification)
    {
        var table = new ConsoleTable().Column("file").Column("recorded", isWrapped: false).Column("in the folder", isWrapped: false).Column("trained again", isWrapped: false).Column("");
        foreach (DigestComparison comparison in verification.Comparisons)
        {
            table.Row(comparison.File, Start(comparison.Expected), Start(comparison.Kept), Start(comparison.Found), comparison.IsEqual ? new Cell("equal", Emphasis.Good) : new Cell("differs", Emphasis.Bad));
        }

        screen.Table(table);
        screen.Paragraph(verification.IsEqual
            ? $"Verified: training again gave the same bytes as '{folder}'."
            : $"Training again did not give the files of '{folder}': they were changed since, or made by another version of MedTune.");
    }

    private static string Start(string digest) => digest.Length > ShownDigits ? digest[..ShownDigits] : digest.Length == 0 ? "missing" : digest;

    private static JsonObject Document(string folder, Verification verification) => new()
    {
        ["run"] = folder,
        ["is_equal"] = verification.IsEqual,
        ["files"] = new JsonArray([.. verification.Comparisons.Select(comparison => (JsonNode?)new JsonObject
        {
            ["file"] = comparison.File,
            ["expected"] = comparison.Expected,
            ["kept"] = comparison.Kept,
            ["found"] = comparison.Found,
            ["is_equal"] = comparison.IsEqual,
        })]),
    };
}
