using System.Collections.Immutable;
using System.CommandLine;
using MedTune.Data;
using MedTune.Data.Augmentation;
using MedTune.Data.Genes;
using MedTune.Data.Images;
using MedTune.Evaluation;
using MedTune.Prediction;

namespace MedTune.Cli.Options;

/// <summary>How a model is trained: from what, judged how, with which choices instead of the automatic ones.</summary>
internal sealed class TrainingOptions
{
    private const string DropDuplicates = "duplicates=drop";

    private readonly Option<string?> _from = TypedOption.Text("--from", "MODEL", "Fine-tune this model (a model.onnx or a run folder; for pictures also a network of 'medtune models list', for sequences one of 'medtune pretrain') instead of starting from nothing.");

    private readonly Option<string[]> _model = TypedOption.Texts("--model", "NAME", "Try only this kind of model: logistic, boosting, forest or perceptron; for pictures frozen or fine-tuned; for gene data ridge, few-genes, elastic-net, forest, boosting, k-mer, one-hot or network. Repeat for more. Default: all.");

    private readonly Option<string?> _folds = TypedOption.Text("--folds", "FILE",
        "A CSV with the columns row (0-based data row, or a picture as predictions.csv names it) and fold: cross-validation follows it exactly and nothing is sealed.");

    private readonly Option<string?> _test = TypedOption.Text("--test", "DATA", "Test data given apart; nothing is sealed then.");

    private readonly Option<string?> _plan = TypedOption.Text("--plan", "FILE", "Carry out this plan.json, edited or not; the other options go over it.");

    private readonly Option<string[]> _accept = TypedOption.Texts("--accept", "FINDING[,...]",
        "Accept findings that stop the training: CODE, CODE:COLUMN, or 'all'. 'duplicates=drop' drops exact duplicates.");

    private readonly Option<string?> _threshold = TypedOption.Text("--threshold", "RULE",
        "When the positive class is answered: a probability such as 0.2, or a rule such as 'sensitivity>=0.9'. Default: youden, chosen out of fold.");

    private readonly Option<ulong?> _seed = TypedOption.Seed("--seed", "Seed of every random choice. Default: 0.");

    private readonly Option<TimeSpan?> _timeLimit = TypedOption.Duration("--time-limit",
        "Stop trying further settings after this time, such as 90s, 10m or 1h30m; what was done is written into plan.json. Default: 30m.");

    private readonly Option<int?> _search = TypedOption.WholeNumber("--search", "N",
        "Also try N settings drawn by lot of each kind of model (of pictures, N recipes of fine-tuning and their soup); inner validation chooses. All that were tried stand in settings.csv. Default: 0.", minimum: 0);

    private readonly Option<int?> _epochs = TypedOption.WholeNumber("--epochs", "N", "Most epochs of the perceptron, or of fine-tuning on pictures.", minimum: 1);

    private readonly Option<string?> _corrections = TypedOption.Text("--corrections", "FILE",
        "Pictures: hard-examples.csv of an earlier run with the column answer filled in: keep, drop, or the right class.");

    private readonly Option<int?> _side = TypedOption.WholeNumber("--side", "N", "Pictures: height and width to which they are brought. Default: chosen by their size and the network.", minimum: 32);

    private readonly Option<bool> _smallObjects = new("--small-objects")
    {
        Description = "Pictures: what matters is small in them, such as single cells: side 320, and features of an earlier map of the network. Comes with --augmentation blood-smear.",
    };

    private readonly Option<string?> _augmentation = TypedOption.Text("--augmentation", "NAME",
        $"Pictures: how they are changed while the network is trained: {string.Join(", ", AugmentationPreset.Names.Keys)}. Default: general.");

    private readonly Option<string[]> _views = TypedOption.Texts("--views", "NAME[,...]",
        $"Pictures: views of each picture over which the model averages (test-time augmentation): {string.Join(", ", ImageViews.Names.Keys)}. Each takes as long again. Default: none.");

    private readonly Option<string[]> _tune = TypedOption.Texts("--tune", "NAME=VALUE", $"Pictures: fine-tune otherwise. Repeat for more. Names: {string.Join(", ", RecipeSetting.All.Select(setting => setting.Name))} (docs/images.md).");

    private readonly Option<bool> _noSites = new("--no-site-validation")
    {
        Description = "With --site: do not leave each site out in turn, which takes about as long again as the rest.",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _from, _model, _folds, _test, _plan, _accept, _threshold, _seed, _search, _epochs, _timeLimit, _noSites, _corrections, _side, _smallObjects, _augmentation, _views, _tune })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The request as typed; the model to start from is loaded.</summary>
    /// <exception cref="ArgumentsException">Options exclude each other, or a rule cannot be read.</exception>
    public TrainingRequest Read(ParseResult parsed, string dataPath, DatasetOptions data)
    {
        string? threshold = parsed.GetValue(_threshold);
        if (threshold is not null && !ThresholdRule.TryParse(threshold, out _))
        {
            throw new ArgumentsException($"--threshold '{threshold}' is neither youden, nor a probability such as 0.2, nor a rule such as 'sensitivity>=0.9'.");
        }

        string? folds = parsed.GetValue(_folds);
        string? test = parsed.GetValue(_test);
        if (folds is not null && test is not null)
        {
            throw new ArgumentsException("--folds and --test exclude each other: with --folds every listed row is judged out of fold.");
        }

        var accepted = Names(parsed.GetValue(_accept));
        string? from = parsed.GetValue(_from);
        bool isImages = ImageSet.IsAt(dataPath);
        bool isSequences = !isImages && GeneSet.FormOf(dataPath, data) == GeneForm.Sequence;
        ModelFile? source = from is null || isImages || isSequences ? null : ModelFile.Load(from);
        var request = new TrainingRequest
        {
            DataPath = dataPath,
            Data = WithTarget(data, source) with
            {
                Duplicates = accepted.Contains(DropDuplicates, StringComparer.Ordinal) ? DuplicateAction.Drop : DuplicateAction.Keep,
            },
            FoldsPath = folds,
            TestPath = test,
            PlanPath = parsed.GetValue(_plan),
            From = source,
            Network = from is not null && isImages ? PretrainedNetwork.Load(from) : null,
            DnaPath = isSequences ? from : null,
            CorrectionsPath = parsed.GetValue(_corrections),
            Side = parsed.GetValue(_side),
            HasSmallObjects = parsed.GetValue(_smallObjects),
            Augmentation = parsed.GetValue(_augmentation),
            Views = Names(parsed.GetValue(_views)),
            Tune = [.. parsed.GetValue(_tune) ?? []],
            Seed = parsed.GetValue(_seed),
            Epochs = parsed.GetValue(_epochs),
            Search = parsed.GetValue(_search),
            Models = Names(parsed.GetValue(_model)),
            Threshold = threshold,
            SiteValidation = parsed.GetValue(_noSites) ? false : null,
            Accepted = accepted.Remove(DropDuplicates),
        };
        return parsed.GetValue(_timeLimit) is { } limit ? request with { TimeLimit = limit } : request;
    }

    private static ImmutableArray<string> Names(string[]? texts) => [.. (texts ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static DatasetOptions WithTarget(DatasetOptions data, ModelFile? source) =>
        data.Target is not null || source is null ? data : data with { Target = source.Manifest.Target };
}
