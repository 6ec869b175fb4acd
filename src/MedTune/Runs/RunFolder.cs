using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using MedTune.Data;
using MedTune.Graphs.Files;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune;

/// <summary>A run on disk: plan, record, model, figures, predictions and, while it runs, its checkpoint.</summary>
public sealed class RunFolder
{
    internal const string PlanFile = "plan.json";
    internal const string RecordFile = "run.json";
    internal const string ModelFileName = "model.onnx";
    internal const string ParentFile = "parent.onnx";
    internal const string FoldsFile = "folds.csv";
    internal const string CorrectionsFile = "corrections.csv";
    internal const string MetricsFileName = "metrics.json";
    internal const string PredictionsFileName = "predictions.csv";
    internal const string HardExamplesFileName = "hard-examples.csv";
    internal const string SettingsFileName = "settings.csv";
    internal const string LogFile = "log.jsonl";

    /// <summary>The files that come out the same, byte for byte, when a run is trained again.</summary>
    internal static readonly ImmutableArray<string> Reproduced = [MetricsFileName, ModelFileName, PredictionsFileName];

    private RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where the report belongs.</summary>
    public string ReportPath => System.IO.Path.Combine(Path, "report.html");

    /// <summary>Where the model is.</summary>
    public string ModelPath => System.IO.Path.Combine(Path, ModelFileName);

    /// <summary>Where the samples to read again are listed.</summary>
    public string HardExamplesPath => System.IO.Path.Combine(Path, HardExamplesFileName);

    internal string CheckpointPath => System.IO.Path.Combine(Path, "checkpoint");

    /// <summary>Whether a folder holds a run.</summary>
    public static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, RecordFile));

    /// <summary>Opens the folder of a run.</summary>
    /// <exception cref="DataException">The folder is missing or holds no run.</exception>
    public static RunFolder Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new DataException("No run was named; give the folder that medtune train wrote.");
        }

        if (!Directory.Exists(path))
        {
            throw new DataException($"There is no folder '{path}'; give the folder that medtune train wrote.");
        }

        return IsRun(path) ? new RunFolder(path) : throw new DataException($"The folder '{path}' holds no run (no {RecordFile}); give the folder that medtune train wrote.");
    }

    /// <summary>Begins a run in a new or empty folder.</summary>
    /// <exception cref="DataException">The folder holds something already, or cannot be written.</exception>
    internal static RunFolder Begin(string path)
    {
        if (File.Exists(path))
        {
            throw new DataException($"'{path}' is a file; give a folder for the results with --out.");
        }

        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new DataException(IsRun(path)
                ? new RunFolder(path).ReadRecord().State == RunRecord.Running
                    ? $"The folder '{path}' holds a run that was stopped; go on with it by medtune resume, or give another --out."
                    : $"The folder '{path}' holds a finished run; give another --out."
                : $"The folder '{path}' is not empty; give a new or empty folder with --out.");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The folder '{path}' cannot be made; give a place you may write to with --out.", exception);
        }

        return new RunFolder(path);
    }

    /// <summary>What <c>run.json</c> says.</summary>
    /// <exception cref="DataException">The file is damaged.</exception>
    public RunRecord ReadRecord()
    {
        try
        {
            var record = JsonSerializer.Deserialize(ReadText(RecordFile), RunJson.Readable.RunRecord)
                ?? throw new DataException($"'{Of(RecordFile)}' is empty; give a run folder as medtune train wrote it.");
            return record.Problem is { } problem ? throw new DataException($"'{Of(RecordFile)}' cannot be used: {problem}") : record;
        }
        catch (JsonException exception)
        {
            throw new DataException($"'{Of(RecordFile)}' is damaged and cannot be read (line {exception.LineNumber + 1}); give a run folder as medtune train wrote it.", exception);
        }
    }

    /// <summary>What <c>plan.json</c> says, with the model it starts from.</summary>
    /// <exception cref="DataException">The plan is missing, damaged or cannot be carried out.</exception>
    /// <exception cref="ModelFileException">The model it starts from is missing, damaged or another one.</exception>
    public Plan ReadPlan()
    {
        Plan plan;
        try
        {
            plan = PlanJson.Read(ReadText(PlanFile), Of(PlanFile));
            PlanCheck.ThrowWithoutSource(plan);
        }
        catch (PlanException exception)
        {
            throw new DataException($"'{Of(PlanFile)}' is not as medtune train wrote it: {exception.Message}", exception);
        }

        string expected = plan.Images?.NetworkDigest ?? plan.FromDigest;
        if (expected.Length == 0)
        {
            return plan;
        }

        var whole = plan.Images is { } images
            ? plan with { Images = images with { Network = PretrainedNetwork.Load(Of(ParentFile), images.NetworkName, images.NetworkInput) } }
            : plan with { From = ModelFile.Load(Of(ParentFile)) };
        return (whole.Images?.NetworkDigest ?? whole.FromDigest) == expected
            ? whole
            : throw new ModelFileException($"'{Of(ParentFile)}' is not the model the run started from (its digest differs from that in {PlanFile}).");
    }

    internal string Of(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Whether the checkpoint holds anything that a resumed run would not have to do again.</summary>
    internal bool HasFinishedFits => FitJournal.HoldsFits(CheckpointPath);

    /// <summary>Writes what a run must know to go on after a stop.</summary>
    internal void WriteBeginning(RunInputs inputs, RunRecord record)
    {
        inputs.WriteBeginning(this);
        Write(inputs.Plan);
        Write(record);
    }

    internal void Write(RunRecord record) => ResultFile.Write(Of(RecordFile), JsonSerializer.Serialize(record, RunJson.Readable.RunRecord) + "\n");

    internal void Write(Plan plan) => ResultFile.Write(Of(PlanFile), PlanJson.Write(plan));

    /// <summary>Writes everything a finished run leaves, but the report.</summary>
    /// <returns>SHA-256 of the files that must come out the same again.</returns>
    internal ImmutableSortedDictionary<string, string> WriteResults(Run run)
    {
        var classes = run.Model.Manifest.Classes;
        run.Model.Save(Of(ModelFileName));
        ResultFile.Write(Of(MetricsFileName), MetricsFile.ToText(run.Parts, run.Sites));
        ResultFile.Write(Of(PredictionsFileName), PredictionsFile.ToText(run.Parts, classes));
        ResultFile.Write(Of(HardExamplesFileName), HardExamplesFile.ToText(run));
        ResultFile.Write(Of(SettingsFileName), SettingsFile.ToText(run.Candidates));
        ResultFile.Write(Of(LogFile), string.Concat(run.Events.Select(entry => JsonSerializer.Serialize(entry, RunJson.Lines.RunEvent) + "\n")));
        return Digests();
    }

    /// <summary>Removes what a run that was refused has written; the folder itself goes when nothing else is in it.</summary>
    internal void Discard()
    {
        DeleteCheckpoint();
        DeleteHalfWritten();
        foreach (string name in new[] { PlanFile, RecordFile, ParentFile, FoldsFile, CorrectionsFile, ModelFileName, MetricsFileName, PredictionsFileName, HardExamplesFileName, SettingsFileName, LogFile })
        {
            File.Delete(Of(name));
        }

        if (!Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }

    /// <summary>Removes what a process that was killed while writing has left.</summary>
    internal void DeleteHalfWritten()
    {
        foreach (string file in Directory.GetFiles(Path, "*" + AtomicFile.TemporaryEnding))
        {
            File.Delete(file);
        }
    }

    internal void DeleteCheckpoint()
    {
        if (Directory.Exists(CheckpointPath))
        {
            Directory.Delete(CheckpointPath, recursive: true);
        }
    }

    /// <summary>SHA-256 of the files that must come out the same again, as they are now; empty where one is missing.</summary>
    internal ImmutableSortedDictionary<string, string> Digests() => Reproduced.ToImmutableSortedDictionary(name => name, name => DigestOf(Of(name)), StringComparer.Ordinal);

    private static string DigestOf(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private string ReadText(string name)
    {
        try
        {
            return File.ReadAllText(Of(name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"'{Of(name)}' cannot be read; the run folder is not complete.", exception);
        }
    }
}
