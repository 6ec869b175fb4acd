using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Data.Genes;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary>The verbs on gene data, as a person would type them.</summary>
public sealed class GeneVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verbs_FilesOfSequences_TrainPredictAndJudge()
    {
        (string positives, string negatives) = Fasta("promoter", "other", 0, 80);
        (string others, string rest) = Fasta("promoter", "other", 300, 30, "elsewhere");

        string seen = (await ProgramRun.OfAsync("inspect", positives, negatives)).Expect(ExitCode.Done).Output;
        JsonNode trained = (await ProgramRun.OfAsync("train", positives, negatives, "--out", _folder["run"], "--model", "k-mer", "--seed", "1", "--json")).Expect(ExitCode.Done).Json;
        string[] lines = (await ProgramRun.OfAsync("predict", _folder["run"], others)).Expect(ExitCode.Done).Output.TrimEnd('\n').Split('\n');
        string[] named = (await ProgramRun.OfAsync("predict", _folder["run"], others, "--id", "sample")).Expect(ExitCode.Done).Output.TrimEnd('\n').Split('\n');
        JsonNode judged = (await ProgramRun.OfAsync("evaluate", _folder["run"], others, rest, "--json")).Expect(ExitCode.Done).Json;
        string verified = (await ProgramRun.OfAsync("verify", _folder["run"])).Expect(ExitCode.Done).Output;

        Assert.Contains("To beat: length alone", seen, StringComparison.Ordinal);
        Assert.Contains($"medtune train {positives} {negatives}", seen, StringComparison.Ordinal);
        Assert.Equal("sequence", (string)trained["genes"]!["form"]!);
        Assert.Equal(["other", "promoter"], trained["classes"]!.AsArray().Select(name => (string)name!));
        Assert.Equal("row,class,p_other,p_promoter,set,warnings", lines[0]);
        Assert.Equal(31, lines.Length);
        Assert.StartsWith($"{MadeGenes.Planted}30", named[1], StringComparison.Ordinal);
        Assert.InRange((double)judged["metrics"]!["external"]!["auroc"]!["value"]!, 0.7, 1);
        Assert.Contains("same", verified, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Inspect_MatrixWithLabels_ShowsHowItLies()
    {
        var request = MadeGenes.Request(_folder, GeneForm.Expression);

        var run = await ProgramRun.OfAsync("inspect", request.DataPath, "--labels", request.Data.Genes.Labels!, "--target", "state", "--patient", "person");

        Assert.Contains("90 samples of 75 patients and 60 features would be used", run.Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Contains("samples in columns", run.Output, StringComparison.Ordinal);
        Assert.Contains("--labels", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_OneSentenceEach()
    {
        var request = MadeGenes.Request(_folder, GeneForm.Expression);
        string fasta = _folder.Write("one.fa", ">a\nACGT\n");
        string table = _folder.Write("table.csv", "a,b\n1,2\n");

        Assert.Contains("--target", (await ProgramRun.OfAsync("train", request.DataPath, "--labels", request.Data.Genes.Labels!, "--out", _folder["r"])).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        Assert.Contains("one file for each class", (await ProgramRun.OfAsync("train", fasta, "--out", _folder["r"])).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        Assert.Contains("one FASTA or FASTQ file for each class", (await ProgramRun.OfAsync("train", fasta, table, "--out", _folder["r"])).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
        Assert.Contains("belong to pictures", (await ProgramRun.OfAsync("train", fasta, fasta, "--side", "64", "--out", _folder["r"])).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
        Assert.Contains("rows or columns", (await ProgramRun.OfAsync("inspect", request.DataPath, "--samples-in", "sideways")).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["r"]));
    }

    /// <summary>The made sequences as a file for each class.</summary>
    private (string Positives, string Negatives) Fasta(string positive, string negative, int from, int count, string folder = "here")
    {
        string[] rows = File.ReadAllLines(MadeGenes.Request(_folder, GeneForm.Sequence, count * 2, from).DataPath)[1..];
        string Written(string name, char label) => _folder.Write($"{folder}/{name}.fa", string.Concat(rows.Select(row => row.Split(',')).Where(cells => cells[2][0] == label).Select(cells => $">{cells[0]}\n{cells[1]}\n")));
        return (Written(positive, 'b'), Written(negative, 'a'));
    }
}
