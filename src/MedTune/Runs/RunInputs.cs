using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Data.Images;

namespace MedTune;

/// <summary>Everything a run reads before it begins.</summary>
internal abstract record RunInputs(Plan Plan)
{
    /// <summary>Digest of what a model can see of the data.</summary>
    public abstract string Digest { get; }

    /// <summary>What was found in the folds file and in the test data.</summary>
    public ImmutableArray<Finding> SplitFindings { get; protected init; } = [];

    /// <summary>Reads what a request names, and makes its plan.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="progress">Told how far reading is, where it takes long.</param>
    /// <param name="cancellation">Stops it.</param>
    public static RunInputs Read(TrainingRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation) =>
        ImageSet.IsAt(request.DataPath) ? ImageInputs.Of(request, progress, cancellation)
        : GeneSet.FormOf(request.DataPath, request.Data) != GeneForm.None ? GeneInputs.Of(request)
        : TableInputs.Of(request);

    /// <summary>Reads what a run began with, from where it was or where the data are now.</summary>
    /// <exception cref="DataException">The data are not those the run began with.</exception>
    public static RunInputs Read(RunFolder folder, RunRecord record, string? dataPath, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var plan = folder.ReadPlan();
        var request = new TrainingRequest
        {
            DataPath = dataPath ?? record.DataPath,
            Data = Moved(record.Data.ToOptions(), dataPath),
            FoldsPath = record.HasFolds ? folder.Of(RunFolder.FoldsFile) : null,
            TestPath = record.TestPath.Length == 0 ? null : PathNow(record.TestPath, dataPath),
            PlanPath = folder.Of(RunFolder.PlanFile),
            From = plan.From,
            Network = plan.Images?.Network,
            DnaPath = plan.Genes is { NetworkDigest.Length: > 0 } ? folder.Of(RunFolder.ParentFile) : null,
            CorrectionsPath = record.HasCorrections ? folder.Of(RunFolder.CorrectionsFile) : null,
        };
        RunInputs inputs = plan.Images is not null ? ImageInputs.Of(request, progress, cancellation) : plan.Genes is not null ? GeneInputs.Of(request) : TableInputs.Of(request);
        return inputs.Digest == record.DataDigest
            ? inputs
            : throw new DataException($"The data in '{request.DataPath}' are not those the run began with (their digest differs); give the file it began with.");
    }

    /// <summary>Writes what must be kept beside plan and record so that the run can go on.</summary>
    public abstract void WriteBeginning(RunFolder folder);

    /// <summary>Carries the plan out.</summary>
    /// <param name="options">Threads, time limit and checkpoint; folds and test data are put in.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops.</param>
    public abstract Task<Run> RunAsync(ExperimentOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation);

    /// <summary>Ends the training where a finding stops that nobody has accepted.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="accepted">What the user accepts.</param>
    /// <param name="wayOut">What else to do than to accept, up to and with a comma; empty for nothing.</param>
    protected static void ThrowIfStopped(IEnumerable<Finding> findings, ImmutableArray<string> accepted, Func<Finding[], string> wayOut)
    {
        Finding[] stops = [.. findings.Where(finding => finding.Severity == FindingSeverity.Stop && !finding.IsAcceptedBy(accepted))];
        if (stops.Length == 0)
        {
            return;
        }

        string[] lines = [.. stops.Select(finding => $"{finding.Message} {finding.Action}")];
        string codes = string.Join(",", stops.Select(finding => finding.Code).Distinct(StringComparer.Ordinal));
        throw lines.Length == 1
            ? new DataException(lines[0])
            : new DataException([$"{lines.Length} findings in the data stop the training; answer each, or all at once: {wayOut(stops)}take everything as it is with --accept '{codes}'.", .. lines]);
    }

    /// <summary>The plan of a request: that of a file or the default one, with the options over it.</summary>
    protected static Plan PlanOf(TrainingRequest request, Func<Plan> usual)
    {
        var plan = request.PlanPath is { } path ? PlanJson.Read(ReadText(path), path) : usual();
        return plan with
        {
            Seed = request.Seed ?? plan.Seed,
            Epochs = request.Epochs ?? plan.Epochs,
            Search = request.Search ?? plan.Search,
            Models = request.Models.IsDefaultOrEmpty ? plan.Models : request.Models,
            Threshold = request.Threshold ?? plan.Threshold,
            SiteValidation = request.SiteValidation ?? plan.SiteValidation,
            Accepted = [.. plan.Accepted.Union(request.Accepted, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>Tables of labels and further files are looked for beside data that were moved.</summary>
    private static DatasetOptions Moved(DatasetOptions data, string? dataPath) => data with
    {
        Genes = data.Genes with
        {
            Others = [.. data.Genes.Others.Select(other => PathNow(other, dataPath))],
            Labels = data.Genes.Labels is { } labels ? PathNow(labels, dataPath) : null,
            Reference = data.Genes.Reference is { } reference ? PathNow(reference, dataPath) : null,
        },
    };

    /// <summary>Where a file was, or, when it is there no more, beside the data that were moved.</summary>
    private static string PathNow(string recorded, string? dataPath)
    {
        string moved = dataPath is null ? recorded : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(dataPath)) ?? "", Path.GetFileName(recorded.TrimEnd(Path.DirectorySeparatorChar)));
        return Path.Exists(recorded) || !Path.Exists(moved) ? recorded : moved;
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
