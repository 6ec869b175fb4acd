using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Data;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune pretrain</c>: learns DNA without labels, as a start for classifiers of sequences.</summary>
internal sealed class PretrainVerb : Verb
{
    private readonly Argument<string[]> _genomes = PathArgument.Files("GENOME", "FASTA files: plain, BGZF (bgzip), or gzip of at most 256 MB.");

    private readonly Option<bool> _masked = new("--masked") { Description = "Learn hidden letters from those around them; there is no other way yet, so it must be named.", Arity = ArgumentArity.Zero };
    private readonly Option<string?> _out = TypedOption.Text("--out", "DIR", $"Where the network ({DnaPretraining.ModelFileName}) and what is known of it ({DnaPretraining.FactsFileName}) go. Default: runs/ and the name of the genome.");
    private readonly Option<string?> _model = TypedOption.Text("--model", "NAME", "cnn (convolutions) or transformer. Default: cnn.");
    private readonly Option<int?> _window = TypedOption.WholeNumber("--window", "N", "Letters seen at a time, a multiple of 4 from 32 to 2048. Default: 256.", minimum: 32);
    private readonly Option<int?> _steps = TypedOption.WholeNumber("--steps", "N", "Steps of 64 windows. Default: as many as show each letter three times, 500 to 20000.", minimum: 1);
    private readonly Option<TimeSpan?> _timeLimit = TypedOption.Duration("--time-limit", "End after this time, such as 90s, 10m or 1h30m, with what was learned so far. Default: none.");
    private readonly Option<ulong?> _seed = TypedOption.Seed("--seed", "Seed of every random choice. Default: 0.");
    private readonly Option<int?> _threads = ThreadsOption.Create();

    public override string Name => "pretrain";

    public override string Summary => "Learns DNA without labels, as a start for classifiers of sequences.";

    public override string Description =>
        "The last tenth of each record is held out: the loss of its hidden letters stands beside that of a Markov model of order 5. " +
        "After Ctrl+C or a power cut the same command goes on where it was, to the same bits.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune pretrain genome.fa.gz --masked", "a convolutional network, into runs/genome"),
        new("medtune pretrain chr1.fa chr2.fa --masked --model transformer --time-limit 1h --out dna", "a small transformer, an hour at most"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_genomes);
        foreach (Option option in new Option[] { _masked, _out, _model, _window, _steps, _timeLimit, _seed, _threads })
        {
            command.Options.Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        string[] genomes = parsed.GetRequiredValue(_genomes);
        if (!parsed.GetValue(_masked))
        {
            throw new ArgumentsException("Say how to learn: --masked hides letters and learns them from those around them.");
        }

        var options = new DnaPretrainingOptions
        {
            Model = parsed.GetValue(_model) ?? DnaPretrainingOptions.Convolutional,
            Window = parsed.GetValue(_window) ?? 256,
            Steps = parsed.GetValue(_steps) ?? 0,
            TimeLimit = parsed.GetValue(_timeLimit),
            Seed = parsed.GetValue(_seed) ?? 0,
            Threads = ThreadsOption.Read(parsed, _threads),
        };
        string folder = parsed.GetValue(_out) ?? DefaultFolder(genomes[0]);
        if (File.Exists(Path.Combine(folder, DnaPretraining.ModelFileName)))
        {
            throw new DataException($"The folder '{folder}' holds a network already; give another folder with --out, or remove it.");
        }

        try
        {
            var result = await ProgressDisplay.ShowAsync(
                screen, progress => Task.FromResult(DnaPretraining.Run(genomes, folder, options, progress, cancellationToken))).ConfigureAwait(false);
            Show(screen, result, Path.Combine(folder, DnaPretraining.ModelFileName));
        }
        catch (OperationCanceledException exception)
        {
            throw new StoppedException("Stopped; what was learned is kept, and the same command goes on from there.", exception);
        }

        return ExitCode.Done;
    }

    private static string DefaultFolder(string genome)
    {
        string name = Path.GetFileName(genome);
        foreach (string ending in new[] { ".gz", ".bgz", ".fa", ".fasta", ".fna" })
        {
            name = name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        }

        return Path.Combine("runs", name.Length == 0 ? "genome" : name);
    }

    private static void Show(Screen screen, DnaPretrainingResult result, string path)
    {
        if (screen.IsJson)
        {
            screen.Json(new JsonObject
            {
                ["file"] = path,
                ["model"] = result.Model,
                ["steps"] = result.Steps,
                ["planned_steps"] = result.PlannedSteps,
                ["letters"] = result.Letters,
                ["hidden_letters"] = result.HiddenLetters,
                ["masked_loss"] = result.MaskedLoss,
                ["masked_accuracy"] = result.MaskedAccuracy,
                ["markov_loss"] = result.MarkovLoss,
            });
            return;
        }

        var invariant = CultureInfo.InvariantCulture;
        screen.Heading($"{result.Model}: {path}");
        screen.Paragraph(string.Create(invariant, $"Learned from {result.Letters:N0} letters in {result.Steps:N0} steps{(result.Steps < result.PlannedSteps ? $" of {result.PlannedSteps:N0}, which the time limit ended" : "")}."));
        screen.Paragraph(string.Create(
            invariant,
            $"Of {result.HiddenLetters:N0} hidden letters of held-out parts {result.MaskedAccuracy:P1} are told right; their loss is {result.MaskedLoss:0.0000} nats, by a Markov model of order 5 {result.MarkovLoss:0.0000}, by chance 1.3863."));
        screen.Paragraph(result.MaskedLoss < result.MarkovLoss
            ? "It tells hidden letters better than counting words of six does."
            : "It tells hidden letters no better than counting words of six does: give it more DNA or more steps.");
    }
}
