using System.Runtime.InteropServices;
using MedTune.Data;
using MedTune.Modalities.Genes;
using MedTune.Modalities.Images;
using MedTune.Modalities.Tabular;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune;

/// <summary>Runs that live in folders: begin, go on, train again and compare.</summary>
public static class Runs
{
    /// <summary>Trains into a new folder.</summary>
    /// <param name="request">Data and options.</param>
    /// <param name="folder">New or empty.</param>
    /// <param name="progress">Told after every finished fit.</param>
    /// <param name="cancellation">Stops; <see cref="ResumeAsync"/> goes on from there.</param>
    /// <exception cref="DataException">Data, a path or a finding that stops is refused; nothing is left behind.</exception>
    /// <exception cref="PlanException">The options do not fit together.</exception>
    public static async Task<FinishedRun> TrainAsync(
        TrainingRequest request, string folder, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var inputs = RunInputs.Read(request, progress, cancellation);
        new TestLedger().Check();
        var run = RunFolder.Begin(folder);
        var record = new RunRecord
        {
            NumericsProfile = NumericsProfile.Version,
            DataPath = Path.GetFullPath(request.DataPath),
            DataDigest = inputs.Digest,
            Data = RecordedDataOptions.Of(request.Data),
            HasFolds = request.FoldsPath is not null,
            TestPath = request.TestPath is null ? "" : Path.GetFullPath(request.TestPath),
            HasParent = request.From is not null || request.Network is not null || request.DnaPath is not null,
            HasCorrections = request.CorrectionsPath is not null,
            Seed = inputs.Plan.Seed,
            Hardware = $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {InstructionSets.Active}",
        };
        try
        {
            run.WriteBeginning(inputs, record);
            return await FinishAsync(run, record, inputs, request.Threads, request.TimeLimit, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DataException or PlanException)
        {
            // Refused data are no run: nothing is left that could be taken for one.
            run.Discard();
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !run.HasFinishedFits)
        {
            // A disk that is full from the start leaves nothing to go on with.
            run.Discard();
            throw;
        }
    }

    /// <summary>Goes on with a run that was stopped; ends with the same bits as if it never had been.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="dataPath">Where the data are now; null for where they were.</param>
    /// <param name="threads">Fits carried out at a time; null for one per processor.</param>
    /// <param name="progress">Told after every finished fit.</param>
    /// <param name="cancellation">Stops again.</param>
    /// <exception cref="DataException">The run is finished, or the data are not those it began with.</exception>
    public static async Task<FinishedRun> ResumeAsync(
        string folder, string? dataPath = null, int? threads = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var run = RunFolder.Open(folder);
        var record = run.ReadRecord();
        if (record.State == RunRecord.Finished)
        {
            throw new DataException($"The run in '{folder}' is finished; there is nothing to go on with.");
        }

        var inputs = RunInputs.Read(run, record, dataPath, progress, cancellation);
        run.DeleteHalfWritten();
        return await FinishAsync(run, record, inputs, threads ?? Environment.ProcessorCount, null, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Trains again from the record of a run, in memory, and compares digests.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="dataPath">Where the data are now; null for where they were.</param>
    /// <param name="threads">Fits carried out at a time; null for one per processor.</param>
    /// <param name="progress">Told after every finished fit.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<Verification> VerifyAsync(
        string folder, string? dataPath = null, int? threads = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var run = RunFolder.Open(folder);
        var record = run.ReadRecord();
        if (record.State != RunRecord.Finished)
        {
            throw new DataException($"The run in '{folder}' is not finished; go on with it by medtune resume first.");
        }

        var inputs = RunInputs.Read(run, record, dataPath, progress, cancellation);
        var again = await inputs.RunAsync(
            new ExperimentOptions { Threads = threads ?? Environment.ProcessorCount, TimeLimit = null, MakesEvidence = false }, progress, cancellation).ConfigureAwait(false);
        return Verification.Of(record, run.Digests(), again);
    }

    /// <summary>Judges a finished model on new data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dataPath">The data file; needs the model's columns and its target.</param>
    /// <param name="data">How to read it; an empty target means the model's.</param>
    /// <param name="acceptTrainingRows">Whether samples the model was trained on may be among them.</param>
    /// <param name="ledger">Where the opening is counted; null for the user's own.</param>
    /// <exception cref="DataException">The data are refused, or hold samples the model was trained on.</exception>
    public static ExternalEvaluation Evaluate(
        ModelFile model, string dataPath, DatasetOptions data, bool acceptTrainingRows = false, TestLedger? ledger = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        var manifest = model.Manifest;
        var options = data with
        {
            Target = data.Target ?? manifest.Target,
            ChecksLeaks = false,
            Schema = MovedData.SchemaOf(manifest),
            ClassNames = manifest.Classes,
            Missing = [.. data.Missing.Union(manifest.MissingMarkers, StringComparer.Ordinal)],
        };
        ledger ??= new TestLedger();
        ledger.Check();
        var dataset = Dataset.From(TableReader.Read(dataPath, options.Read), options);
        var tabular = MovedData.For(dataset, model);
        int seen = SeenRows.Count(model, tabular);
        if (seen > 0 && !acceptTrainingRows)
        {
            throw new DataException(
                $"{seen} of the {tabular.Rows} patients in '{dataPath}' are among those the model was trained on; figures on them would flatter it. "
                + "Give other patients, or say --accept trained-rows to judge it on them all the same.");
        }

        var part = ModelEvaluation.Of(model, tabular, [.. Enumerable.Range(0, tabular.Rows)], "external");
        part = SetFigures.Add(PartSubgroups.Add(part, dataset), model.Manifest.Classes, model.Manifest.Sets, dataset.Patients is not null);
        int openings = ledger.Open(dataset.Digest, model.Digest, "evaluate");
        return new ExternalEvaluation(model, part, dataset.Summarize(), seen, openings) { FileName = Path.GetFileName(dataPath) };
    }

    /// <summary>Judges a finished model on new pictures.</summary>
    /// <param name="model">A model for pictures.</param>
    /// <param name="path">A folder, a manifest or an archive, with classes named as the model names them.</param>
    /// <param name="data">What a person says about them: target, patient, site.</param>
    /// <param name="acceptTrainingRows">Whether pictures the model was trained on may be among them.</param>
    /// <param name="ledger">Where the opening is counted; null for the user's own.</param>
    /// <param name="threads">At least 1; null for one per processor. It changes no bit.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="DataException">The pictures are refused, or the model was trained on some of them.</exception>
    public static ExternalEvaluation EvaluateImages(
        ModelFile model,
        string path,
        DatasetOptions data,
        bool acceptTrainingRows = false,
        TestLedger? ledger = null,
        int? threads = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ledger ??= new TestLedger();
        ledger.Check();
        int workers = threads ?? Environment.ProcessorCount;
        var images = ImageInputs.Judging(model, path, data, workers, progress, cancellation);
        int seen = ImageModel.SeenRows(model, images);
        if (seen > 0 && !acceptTrainingRows)
        {
            throw new DataException(
                $"{seen} of the {images.Rows} pictures in '{path}' are among those the model was trained on; figures on them would flatter it. "
                + "Give other pictures, or say --accept trained-rows to judge it on them all the same.");
        }

        var part = ImageEvaluation.Of(model, images, [.. Enumerable.Range(0, images.Rows)], "external", workers, progress, cancellation);
        part = SetFigures.Add(part, model.Manifest.Classes, model.Manifest.Sets, images.HasGroups);
        part = FindingSetFigures.Add(part, model.Manifest.Classes, model.Manifest.FindingSets, images.HasGroups);
        int openings = ledger.Open(images.Digest, model.Digest, "evaluate");
        return new ExternalEvaluation(model, part, images.Summarize(), seen, openings) { FileName = Path.GetFileName(path.TrimEnd('/', '\\')) };
    }

    /// <summary>Judges a finished model on new samples with gene data.</summary>
    /// <param name="model">A model for gene data.</param>
    /// <param name="path">Data of the form it reads, with labels.</param>
    /// <param name="data">Labels, target and the like.</param>
    /// <param name="acceptTrainingRows">Whether samples the model was trained on may be among them.</param>
    /// <param name="ledger">Where the opening is counted; null for the user's own.</param>
    /// <param name="threads">At least 1; null for one per processor. It changes no bit.</param>
    /// <exception cref="DataException">The data are refused, or the model was trained on some of them.</exception>
    public static ExternalEvaluation EvaluateGenes(
        ModelFile model, string path, DatasetOptions data, bool acceptTrainingRows = false, TestLedger? ledger = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ledger ??= new TestLedger();
        ledger.Check();
        var set = GeneInputs.Judging(model, path, data);
        int rows = set.RowNumbers.Length;
        int seen = GeneModel.SeenRows(model, set);
        if (seen > 0 && !acceptTrainingRows)
        {
            throw new DataException(
                $"{seen} of the {rows} samples in '{Path.GetFileName(path)}' are among those the model was trained on; figures on them would flatter it. "
                + "Give other samples, or say --accept trained-rows to judge it on them all the same.");
        }

        var part = GeneEvaluation.Of(model, set, [.. Enumerable.Range(0, rows)], "external", threads ?? Environment.ProcessorCount);
        part = GeneEvaluation.WithSubgroups(SetFigures.Add(part, model.Manifest.Classes, model.Manifest.Sets, GeneEvaluation.HasGroups(set)), set);
        int openings = ledger.Open(set.Digest, model.Digest, "evaluate");
        return new ExternalEvaluation(model, part, set.Summarize(), seen, openings) { FileName = Path.GetFileName(path), Genes = GeneEvidenceMaker.Floors(set) };
    }

    private static async Task<FinishedRun> FinishAsync(
        RunFolder folder, RunRecord record, RunInputs inputs, int threads, TimeSpan? timeLimit, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var run = await inputs.RunAsync(
            new ExperimentOptions { Threads = threads, TimeLimit = timeLimit, CheckpointFolder = folder.CheckpointPath }, progress, cancellation).ConfigureAwait(false);
        run = run with { Data = run.Data with { Findings = [.. run.Data.Findings, .. inputs.SplitFindings] } };
        int openings = run.TestDigest.Length == 0 ? 0 : new TestLedger().Open(run.TestDigest, run.Model.Digest, "train");
        folder.Write(run.Plan);
        var digests = folder.WriteResults(run);
        record = record with
        {
            State = RunRecord.Finished,
            HasTestPart = run.HasTestPart,
            TestDigest = run.TestDigest,
            TestOpenings = openings,
            Digests = digests,
        };
        folder.Write(record);
        folder.DeleteCheckpoint();
        return new FinishedRun(folder.Path, run, record);
    }
}
