using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune models</c>: the pretrained models that can be had, what is in a model file, and fetching one.</summary>
internal sealed class ModelsVerb : Verb
{
    private readonly Argument<string> _action = new("list|info|pull") { Description = "list: the catalogue; info: one model, or what is in an ONNX file; pull: fetch a model." };
    private readonly Argument<string?> _model = new("MODEL") { Description = "A name of the catalogue; with info also an ONNX file.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _folder = TypedOption.Text("--models", "DIR", $"The folder where models lie. Default: {ModelStore.FolderVariable}, else the user's data folder.");
    private readonly Option<string?> _catalogue = TypedOption.Text("--catalogue", "FILE", "A catalogue of your own. Default: catalogue.json in the folder of models, if it is there.");
    private readonly Option<string[]> _licences = TypedOption.Texts("--accept-licence", "NAME", "A licence you have read and accept; without it nothing is fetched.");
    private readonly Option<bool> _plan = new("--plan") { Description = "With info FILE: every step of running it, with shape, bytes, multiply-adds and place in memory.", Arity = ArgumentArity.Zero };
    private readonly Option<int?> _batch = TypedOption.WholeNumber("--batch", "N", "With --plan: samples at a time. Default: 1.", 1);
    private readonly Option<string[]> _extents = TypedOption.Texts("--extent", "NAME=N", "With --plan: the extent of an open dimension that is not the batch.");

    private readonly Option<bool> _training = new("--training") { Description = "With --plan: the steps of training all weights instead, and what is computed again to save memory.", Arity = ArgumentArity.Zero };
    private readonly Option<long?> _memory = TypedOption.Size("--memory", "With --training: the most memory a step may take, weights and the optimizer's state included, such as 4g.");

    public override string Name => "models";

    public override string Summary => "Lists pretrained models, fetches them, and shows what is in a model file.";

    public override string Description =>
        "A model is fetched only after its licence was accepted, and kept only if its SHA-256 is that of the catalogue; a broken download goes on where it broke. " +
        "A machine without a network is served by copying files into the folder of models.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune models list", "every model with its licence, size and whether it is here"),
        new("medtune models pull squeezenet-1.1 --accept-licence BSD-2-Clause", "fetch one and check its digest"),
        new("medtune models info model.onnx --plan --batch 16", "inputs, outputs, operators, and how 16 samples would run"),
        new("medtune models info model.onnx --plan --training --batch 16 --memory 512m", "how a training step would run within half a gigabyte"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_action);
        command.Arguments.Add(_model);
        foreach (Option option in new Option[] { _folder, _catalogue, _licences, _plan, _batch, _extents, _training, _memory })
        {
            command.Options.Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        string? model = parsed.GetValue(_model);
        var store = new ModelStore(parsed.GetValue(_folder));
        switch (parsed.GetRequiredValue(_action))
        {
            case "list" when model is null:
                ModelTables.List(screen, store, Catalogue(parsed, store));
                break;
            case "list":
                throw new ArgumentsException($"'models list' takes no model; 'medtune models info {ShellText.Quote(model)}' shows one.");
            case "info" when model is not null:
                Describe(parsed, screen, store, model);
                break;
            case "pull" when model is not null:
                await PullAsync(parsed, screen, store, Catalogue(parsed, store).Find(model), cancellationToken).ConfigureAwait(false);
                break;
            case "info" or "pull":
                throw new ArgumentsException("Name the model; 'medtune models list' shows them.");
            default:
                throw new ArgumentsException($"'models {parsed.GetRequiredValue(_action)}' is not known; there are list, info and pull.");
        }

        return ExitCode.Done;
    }

    private ModelCatalogue Catalogue(ParseResult parsed, ModelStore store) => parsed.GetValue(_catalogue) is string own
        ? ModelCatalogue.With(own, isRequired: true)
        : ModelCatalogue.With(Path.Combine(store.Folder, ModelCatalogue.FileName), isRequired: false);

    private void Describe(ParseResult parsed, Screen screen, ModelStore store, string model)
    {
        bool isFile = File.Exists(model) || model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
        bool hasPlan = parsed.GetValue(_plan);
        if (!hasPlan && (parsed.GetValue(_batch) is not null || parsed.GetValue(_extents) is { Length: > 0 }))
        {
            throw new ArgumentsException("--batch and --extent belong to --plan.");
        }

        bool isTraining = parsed.GetValue(_training);
        if ((isTraining && !hasPlan) || (parsed.GetValue(_memory) is not null && !isTraining))
        {
            throw new ArgumentsException("--training belongs to --plan, and --memory to --training.");
        }

        if (!isFile)
        {
            CatalogueEntry entry = Catalogue(parsed, store).Find(model);
            if (!hasPlan)
            {
                ModelTables.Entry(screen, store, entry);
                return;
            }

            model = store.PathOf(entry);
        }

        ModelContents contents = ModelContents.Read(model);
        (int samples, Dictionary<string, int> extents) = (parsed.GetValue(_batch) ?? 1, Extents(parsed.GetValue(_extents) ?? []));
        ModelPlan? plan = !hasPlan ? null
            : isTraining ? contents.PlanTraining(samples, extents, parsed.GetValue(_memory) ?? long.MaxValue)
            : contents.Plan(samples, extents);
        ModelTables.Contents(screen, contents, plan);
    }

    private async Task PullAsync(ParseResult parsed, Screen screen, ModelStore store, CatalogueEntry entry, CancellationToken cancellation)
    {
        using var download = new ModelDownload(store);
        try
        {
            var (path, fetched) = await ProgressDisplay.ShowAsync(
                screen, progress => download.PullAsync(entry, parsed.GetValue(_licences) ?? [], progress, cancellation)).ConfigureAwait(false);
            ModelTables.Pulled(screen, entry, path, fetched);
        }
        catch (OperationCanceledException exception)
        {
            throw new StoppedException("Stopped; what has arrived is kept, and the same command goes on from there.", exception);
        }
    }

    private static Dictionary<string, int> Extents(string[] texts)
    {
        var extents = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.LastIndexOf('=');
            if (equals < 1 || !int.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int extent) || extent < 1)
            {
                throw new ArgumentsException($"--extent needs a dimension's name and a whole number of at least 1, such as L=128, not '{text}'.");
            }

            extents[text[..equals]] = extent;
        }

        return extents;
    }
}
