using System.Text;
using MedTune.Data;
using MedTune.Modalities.Genes;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests.Modalities.Genes;

public sealed class DnaPretrainingTests : IDisposable
{
    private static readonly DnaPretrainingOptions Short = new() { Window = 32, Batch = 8, Steps = 12 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DnaPretrainingOptions.Convolutional)]
    [InlineData(DnaPretrainingOptions.Transformer)]
    public void Run_AnyThreadsAndStoppedInBetween_WritesTheSameBytes(string model)
    {
        string genome = Genome(6000);
        var options = Short with { Model = model };
        string Digest(string folder) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder[folder], DnaPretraining.ModelFileName))));
        foreach (int threads in new[] { 1, 2, 4 })
        {
            DnaPretraining.Run([genome], _folder[$"threads{threads}"], options with { Threads = threads });
        }

        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => DnaPretraining.Run([genome], _folder["stopped"], options, new Reported(report => Stop(report, stop)), stop.Token));
        Assert.False(File.Exists(Path.Combine(_folder["stopped"], DnaPretraining.ModelFileName)));
        var after = new List<int>();
        DnaPretraining.Run([genome], _folder["stopped"], options, new Reported(report => after.Add(report.Stage == "learning letters" ? report.Done : -1)));
        Assert.Equal(6, after.First(done => done > 0));
        Assert.Single(new[] { "threads1", "threads2", "threads4", "stopped" }.Select(Digest).Distinct());
        Assert.Equal([DnaPretraining.ModelFileName, DnaPretraining.FactsFileName], Directory.GetFiles(_folder["stopped"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_GenomeOfRepeats_LearnsThemAndClassifiersBeginWithIt()
    {
        string genome = _folder.Write("repeats.fa", ">one\n" + string.Concat(Enumerable.Repeat("ACGGTTCA", 700)) + "\n");
        var result = DnaPretraining.Run([genome], _folder["repeats"], Short with { Steps = 250 });
        Assert.True(result.MaskedLoss < 0.2 && result.MaskedAccuracy > 0.95, $"The loss of letters that repeat is {result.MaskedLoss}.");
        Assert.InRange(result.MarkovLoss, 0, 0.1);
        var start = PretrainedDna.Load(_folder["repeats"]);
        Assert.Equal(result, start.Facts);
        var data = MadeSequences.Data(60, 24);
        var candidate = new DnaNetworkCandidate(start, recipe => recipe with { Epochs = 3, Batch = 16 });
        var fit = candidate.Build(data, candidate.Fit(MadeSequences.Task(data), new FitProgressFile(null, "")));
        Assert.Equal(data.Rows, MadeSequences.Margins(data, fit).Length);

        // At rate 0 the weights of the beginning must be there.
        var untouched = new DnaNetworkCandidate(start, recipe => recipe with { Epochs = 1, Batch = 16, Rate = 1e-30, HeadEpochs = 0 });
        var graph = untouched.Build(data, untouched.Fit(MadeSequences.Task(data), new FitProgressFile(null, ""))).Graph;
        Assert.Equal(start.Graph.Initializers["stem.conv.weight"].Values<float>().ToArray(), graph.Initializers["0/stem.conv.weight"].Values<float>().ToArray());
    }

    [Fact]
    public void Markov_OfKnownCounts_GivesTheChancesOfTheCounts()
    {
        var model = new MarkovModel(1);
        model.Add([0, 1, 0, 1, 0, 2, 4, 0, 1]);
        Assert.Equal(-Math.Log(4.0 / 8), model.LossOf([0, 1], 1)!.Value, 1e-12);
        Assert.Equal(-Math.Log(2.0 / 8), model.LossOf([0, 2], 1)!.Value, 1e-12);
        Assert.Null(model.LossOf([4, 2], 1));
        Assert.Null(model.LossOf([2], 0));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(">a\nNNNNNNNNNN\n", "known letters")]
    [InlineData(">a\nACGTACGT\n", "known letters")]
    [InlineData(">a\nMKVLAAGIVGLLLAQWERT\n", "nucleotide")]
    [InlineData("hello\n", "FASTA")]
    public void Run_HostileFile_IsRefusedInOneSentence(string text, string expected)
    {
        string genome = _folder.Write("genome.fa", text.Replace("NNNNNNNNNN", new string('N', 5000), StringComparison.Ordinal));
        var refusal = Assert.Throws<DataException>(() => DnaPretraining.Run([genome], _folder["out"], Short));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void Load_SomethingElse_IsRefused()
    {
        File.WriteAllBytes(_folder["other.onnx"], global::MedTune.Graphs.Files.OnnxFile.ToBytes(global::MedTune.Graphs.Architectures.DnaNetwork.Build().Graph));
        Assert.Contains("medtune pretrain", Assert.Throws<ModelFileException>(() => PretrainedDna.Load(_folder["other.onnx"])).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["text.onnx"], "no model");
        Assert.Throws<ModelFileException>(() => PretrainedDna.Load(_folder["text.onnx"]));
    }

    private static void Stop(TrainingProgress report, CancellationTokenSource stop)
    {
        if (report is { Stage: "learning letters", Done: 5 })
        {
            stop.Cancel();
        }
    }

    private string Genome(int letters)
    {
        var random = new Philox(3, RandomPurpose.Search, 1);
        var text = new StringBuilder(">made\n");
        for (int i = 0; i < letters; i++)
        {
            text.Append("ACGT"[random.Below(4, (ulong)i)]).Append(i % 60 == 59 ? "\n" : "");
        }

        return _folder.Write("genome.fa", text.Append('\n').ToString());
    }

    private sealed class Reported(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
