using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Modalities.Tabular;

namespace MedTune;

/// <summary>Everything a run reads before it begins: data, folds, test data and plan.</summary>
internal sealed record RunInputs(Plan Plan, Dataset Dataset, FoldAssignment? Folds, Dataset? Test)
{
    /// <summary>What was found in the folds file.</summary>
    public ImmutableArray<Finding> FoldFindings { get; private init; } = [];

    /// <summary>Reads what a request names, and makes its plan.</summary>
    public static RunInputs Read(TrainingRequest request)
    {
        var options = request.From is { } source
            ? request.Data with
            {
                Schema = MovedData.SchemaOf(source.Manifest),
                ClassNames = source.Manifest.Classes,
                Missing = [.. request.Data.Missing.Union(source.Manifest.MissingMarkers, StringComparer.Ordinal)],
            }
            : request.Data;
        var dataset = Dataset.From(TableReader.Read(request.DataPath, options.Read), options);
        var folds = request.FoldsPath is null ? null : FoldFile.Read(request.FoldsPath, dataset);
        var test = request.TestPath is null ? null : Dataset.From(TableReader.Read(request.TestPath, options.Read), options with
        {
            ChecksLeaks = false,
            ClassNames = dataset.ClassNames,
            Schema = options.Schema ?? OwnSchema(dataset),
        });
        var plan = PlanOf(request, dataset);
        ThrowIfStopped(dataset, plan.Accepted);
        return new RunInputs(plan, dataset, folds?.Assignment, test) { FoldFindings = folds?.Findings ?? [] };
    }

    /// <summary>Reads what a run began with, from where it was or where the data are now.</summary>
    /// <exception cref="DataException">The data are not those the run began with.</exception>
    public static RunInputs Read(RunFolder folder, RunRecord record, string? dataPath)
    {
        var plan = folder.ReadPlan();
        var request = new TrainingRequest
        {
            DataPath = dataPath ?? record.DataPath,
            Data = record.Data.ToOptions(),
            FoldsPath = record.HasFolds ? folder.Of(RunFolder.FoldsFile) : null,
            TestPath = record.TestPath.Length == 0 ? null : record.TestPath,
            PlanPath = folder.Of(RunFolder.PlanFile),
            From = plan.From,
        };
        var inputs = Read(request);
        return inputs.Dataset.Digest == record.DataDigest
            ? inputs
            : throw new DataException($"The data in '{request.DataPath}' are not those the run began with (their digest differs); give the file it began with.");
    }

    /// <summary>The options of the experiment.</summary>
    public ExperimentOptions Options(int threads, string? checkpointFolder, TimeSpan? timeLimit) => new()
    {
        TimeLimit = timeLimit,
        Threads = threads,
        Folds = Folds,
        Test = Test,
        CheckpointFolder = checkpointFolder,
    };

    private static Plan PlanOf(TrainingRequest request, Dataset dataset)
    {
        var plan = request.PlanPath is { } path ? PlanJson.Read(ReadText(path), path) : Plan.For(dataset);
        plan = plan with
        {
            Seed = request.Seed ?? plan.Seed,
            Epochs = request.Epochs ?? plan.Epochs,
            Search = request.Search ?? plan.Search,
            Models = request.Models.IsDefaultOrEmpty ? plan.Models : request.Models,
            Threshold = request.Threshold ?? plan.Threshold,
            Accepted = [.. plan.Accepted.Union(request.Accepted, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        plan = request.From is { } source ? plan with { From = source } : plan;
        PlanCheck.Throw(plan);
        return plan;
    }

    private static ImmutableSortedDictionary<string, FeatureSchema> OwnSchema(Dataset dataset) => dataset.Features.ToImmutableSortedDictionary(
        feature => feature.Name, feature => new FeatureSchema(feature.Kind, feature is NumberColumn), StringComparer.Ordinal);

    private static void ThrowIfStopped(Dataset dataset, ImmutableArray<string> accepted)
    {
        Finding[] stops = [.. dataset.Findings.Where(finding => finding.Severity == FindingSeverity.Stop && !finding.IsAcceptedBy(accepted))];
        if (stops.Length == 0)
        {
            return;
        }

        string all = stops.Length == 1 ? "" : $" To take all {stops.Length} as they are: --accept '{string.Join(",", stops.Select(finding => finding.Code).Distinct(StringComparer.Ordinal))}'.";
        throw new DataException(string.Join(" ", stops.Select(finding => $"{finding.Message} {finding.Action}")) + all);
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanException($"The plan '{path}' cannot be read; give the plan.json of a run.", exception);
        }
    }
}
