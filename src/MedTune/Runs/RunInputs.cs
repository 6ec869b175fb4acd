using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Modalities.Tabular;

namespace MedTune;

/// <summary>Everything a run reads before it begins: data, folds, test data and plan.</summary>
internal sealed record RunInputs(Plan Plan, Dataset Dataset, FoldAssignment? Folds, Dataset? Test)
{
    /// <summary>What was found in the folds file and in the test data.</summary>
    public ImmutableArray<Finding> SplitFindings { get; private init; } = [];

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
        return new RunInputs(plan, dataset, folds?.Assignment, test) { SplitFindings = [.. folds?.Findings ?? [], .. TestFindings(dataset, test)] };
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
            TestPath = record.TestPath.Length == 0 ? null : TestPathNow(record.TestPath, dataPath),
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

    /// <summary>Where test data were, or, when they are there no more, beside the data that were moved.</summary>
    private static string TestPathNow(string recorded, string? dataPath)
    {
        string moved = dataPath is null ? recorded : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(dataPath)) ?? "", Path.GetFileName(recorded));
        return File.Exists(recorded) || !File.Exists(moved) ? recorded : moved;
    }

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
            SiteValidation = request.SiteValidation ?? plan.SiteValidation,
            Accepted = [.. plan.Accepted.Union(request.Accepted, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        plan = request.From is { } source ? plan with { From = source } : plan;
        PlanCheck.Throw(plan);
        return plan;
    }

    private static ImmutableSortedDictionary<string, FeatureSchema> OwnSchema(Dataset dataset) => dataset.Features.ToImmutableSortedDictionary(
        feature => feature.Name, feature => new FeatureSchema(feature.Kind, feature is NumberColumn), StringComparer.Ordinal);

    /// <summary>Rows of the test data that the model is trained on.</summary>
    private static IEnumerable<Finding> TestFindings(Dataset dataset, Dataset? test)
    {
        var known = test is null ? [] : dataset.RowDigests.ToHashSet(StringComparer.Ordinal);
        int seen = test?.RowDigests.Count(known.Contains) ?? 0;
        if (seen > 0)
        {
            yield return new Finding(
                FindingCodes.TestRowsInTraining,
                FindingSeverity.Warning,
                null,
                seen,
                $"{seen} of the {test!.RowCount} rows of the test data equal a row of the training data in all features and the target.",
                "Judged all the same; if they are the same patients, the figures are too good: take them out of one of the two files.");
        }
    }

    private static void ThrowIfStopped(Dataset dataset, ImmutableArray<string> accepted)
    {
        Finding[] stops = [.. dataset.Findings.Where(finding => finding.Severity == FindingSeverity.Stop && !finding.IsAcceptedBy(accepted))];
        if (stops.Length == 0)
        {
            return;
        }

        string[] lines = [.. stops.Select(finding => $"{finding.Message} {finding.Action}")];
        string codes = string.Join(",", stops.Select(finding => finding.Code).Distinct(StringComparer.Ordinal));
        string drops = string.Join(' ', stops.Select(finding => finding.Column).OfType<string>().Distinct(StringComparer.Ordinal).Select(column => $"--drop '{column}'"));
        string left = drops.Length > 0 ? $"leave the columns out with {drops}, or " : "";
        throw lines.Length == 1
            ? new DataException(lines[0])
            : new DataException([$"{lines.Length} findings in the data stop the training; answer each, or all at once: {left}take everything as it is with --accept '{codes}'.", .. lines]);
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
