using MedTune.Cli;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary><c>medtune pretrain</c> as a person types it.</summary>
public sealed class PretrainVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pretrain_SmallGenome_WritesANetworkAndSaysWhatItIsWorth()
    {
        string genome = _folder.Write("genome.fa", ">a\n" + string.Concat(Enumerable.Repeat("ACGGTTCAAC", 400)) + "\n");
        string[] words = ["pretrain", genome, "--masked", "--window", "32", "--steps", "3", "--out", _folder["dna"], "--threads", "1"];
        var run = (await ProgramRun.OfAsync(words)).Expect(ExitCode.Done);
        Assert.Contains("Markov model of order 5", string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["dna/dna.onnx"]) && File.Exists(_folder["dna/pretraining.json"]));
        (await ProgramRun.OfAsync(words)).Expect(ExitCode.DataRefused);
        var json = (await ProgramRun.OfAsync([.. words[..^3], _folder["again"], "--json"])).Expect(ExitCode.Done).Json;
        Assert.Equal(3, (int)json["steps"]!);
    }

    [Fact]
    public async Task Pretrain_WithoutSayingHow_OrWithAnUnknownModel_IsAWrongArgument()
    {
        string genome = _folder.Write("genome.fa", ">a\nACGT\n");
        (await ProgramRun.OfAsync("pretrain", genome)).Expect(ExitCode.WrongArguments);
        (await ProgramRun.OfAsync("pretrain", genome, "--masked", "--model", "rnn")).Expect(ExitCode.WrongArguments);
    }

    [Theory]
    [InlineData("")]
    [InlineData(">a\nNNNNNNNNNNNNNNNNNNNN\n")]
    [InlineData(">a\nACGTTGCA\n")]
    [InlineData(">a\nMKVLAAGIVGLLLAQWERT\n")]
    [InlineData("\u0000\u0001\u0002")]
    public async Task Pretrain_HostileFile_IsRefusedAsData(string text)
    {
        string genome = _folder.Write("genome.fa", text);
        var run = (await ProgramRun.OfAsync("pretrain", genome, "--masked", "--out", _folder["dna"])).Expect(ExitCode.DataRefused);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("medtune:", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder["dna"]));
    }
}
