using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MedTune.Data;
using MedTune.Graphs.Files;
using MedTune.Modalities.Genes;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune;

/// <summary>Learning DNA without labels: letters are hidden, and a network learns to tell them from those around them. What it has learned is a start for classifiers of sequences.</summary>
public static class DnaPretraining
{
    /// <summary>The network in the folder of a pretraining.</summary>
    public const string ModelFileName = "dna.onnx";

    /// <summary>What it is and what it can, as JSON.</summary>
    public const string FactsFileName = "pretraining.json";

    private const int StepsBetweenSaves = 200;
    private const int LeastSteps = 500;
    private const int MostSteps = 20_000;
    private const long Passes = 3;

    /// <summary>Learns, or goes on where an earlier run with the same genome and options was stopped, and writes the network and what is known of it into a folder.</summary>
    /// <param name="genomes">FASTA files: plain, BGZF, or gzip of at most 256 MiB.</param>
    /// <param name="folder">Where; made where it is not there.</param>
    /// <param name="options">Default: null, everything as <see cref="DnaPretrainingOptions"/> says.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it; what was learned is kept.</param>
    /// <exception cref="DataException">A file is refused, or holds too few letters.</exception>
    /// <exception cref="PlanException">An option is out of range.</exception>
    public static DnaPretrainingResult Run(
        IReadOnlyList<string> genomes, string folder, DnaPretrainingOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(genomes);
        ArgumentNullException.ThrowIfNull(folder);
        options ??= new DnaPretrainingOptions();
        options.Check();
        long begun = Stopwatch.GetTimestamp();
        using var windows = GenomeWindows.Open(genomes, options.Window, progress, cancellation);
        var facts = FactsOf(windows, options);
        Directory.CreateDirectory(folder);
        var state = new FitProgressFile(folder, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(facts, PretrainingJson.Default.DnaPretrainingResult)) + options.Rate.ToString("R", CultureInfo.InvariantCulture));
        using var pool = new TaskPool(options.Threads);
        using var training = new MaskedTraining(windows, facts, options, pool);
        state.TryLoad(training.Load);
        try
        {
            double loss = 0;
            while (training.Steps < facts.PlannedSteps && !(Stopwatch.GetElapsedTime(begun) >= options.TimeLimit))
            {
                cancellation.ThrowIfCancellationRequested();
                float found = training.Step();
                loss = loss == 0 ? found : loss + (0.02 * (found - loss));
                progress?.Report(new TrainingProgress(
                    "learning letters", training.Steps, facts.PlannedSteps, string.Create(CultureInfo.InvariantCulture, $"loss of hidden letters {loss:0.000} (chance 1.386)")));
                if (training.Steps % StepsBetweenSaves == 0)
                {
                    state.Save(training.Save);
                }
            }
        }
        catch (OperationCanceledException)
        {
            state.Save(training.Save);
            throw;
        }

        var network = training.Result();
        var (letters, masked, accuracy, markov) = training.Judge(network, cancellation);
        facts = facts with { Steps = training.Steps, HiddenLetters = letters, MaskedLoss = masked, MaskedAccuracy = accuracy, MarkovLoss = markov };
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(facts, PretrainingJson.Default.DnaPretrainingResult);
        OnnxFile.Write(network.WithMetadata(PretrainedDna.MetadataKey, Encoding.UTF8.GetString(text)), Path.Combine(folder, ModelFileName));
        AtomicFile.Write(Path.Combine(folder, FactsFileName), stream => stream.Write(text));
        state.Delete();
        return facts;
    }

    private static DnaPretrainingResult FactsOf(GenomeWindows windows, DnaPretrainingOptions options)
    {
        long perStep = (long)options.Window * options.Batch;
        bool isTransformer = options.Model == DnaPretrainingOptions.Transformer;
        return new DnaPretrainingResult
        {
            Model = options.Model,
            Width = isTransformer ? 64 : 48,
            Motif = 11,
            Blocks = isTransformer ? 2 : 3,
            Pool = isTransformer ? 4 : 2,
            Window = options.Window,
            Batch = options.Batch,
            Steps = 0,
            PlannedSteps = options.Steps > 0 ? options.Steps : (int)Math.Clamp(Passes * windows.Letters / perStep, LeastSteps, MostSteps),
            Seed = options.Seed,
            Letters = windows.Letters,
            GenomeDigest = windows.Digest,
            HiddenLetters = 0,
            MaskedLoss = 0,
            MaskedAccuracy = 0,
            MarkovLoss = 0,
        };
    }
}
