using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests;

/// <summary>Runs on gene data of each form, from the files to the folder: the same bytes for any number of threads, after a stop and when trained again.</summary>
public sealed class GeneRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(GeneForm.Expression, 2)]
    [InlineData(GeneForm.Expression, 3)]
    [InlineData(GeneForm.Sequence, 2)]
    [InlineData(GeneForm.Sequence, 3)]
    [InlineData(GeneForm.Genotype, 2)]
    public async Task Train_AnyNumberOfThreads_SameFilesThatVerify(GeneForm form, int classes)
    {
        var request = MadeGenes.Request(_folder, form, classes: classes) with { Models = [] };

        var one = await Runs.TrainAsync(request with { Threads = 1 }, _folder["one"]);
        var four = await Runs.TrainAsync(request with { Threads = 4 }, _folder["four"]);
        var verified = await Runs.VerifyAsync(_folder["one"], threads: 2);

        string name = classes == 2 ? "auroc" : "macro_auroc";
        output.WriteLine($"{one.Run.Metrics.OutOfFold[name]} {string.Join(" | ", one.Run.Candidates.Select(candidate => $"{candidate.Name} {candidate.LogLoss}"))}");
        Assert.Equal(one.Record.Digests, four.Record.Digests);
        Assert.True(verified.IsEqual);
        Assert.InRange(one.Run.Metrics.OutOfFold[name].Value, 0.8, 1);
        Assert.Equal(form, one.Run.Model.Manifest.Genes!.Form);
        Assert.All(one.Run.Parts.SelectMany(part => part.Predictions).GroupBy(prediction => prediction.Group), group => Assert.Single(group.Select(each => each.Fold).Distinct()));
    }

    [Theory]
    [InlineData(GeneForm.Expression)]
    [InlineData(GeneForm.Sequence)]
    [InlineData(GeneForm.Genotype)]
    public async Task Resume_StoppedAnywhere_SameFiles(GeneForm form)
    {
        var request = MadeGenes.Request(_folder, form, count: 60) with { Models = [] };
        var whole = await Runs.TrainAsync(request, _folder["whole"]);
        foreach (int stop in new[] { 2, 6 })
        {
            string folder = _folder[string.Create(CultureInfo.InvariantCulture, $"stopped-{stop}")];
            using var cancellation = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runs.TrainAsync(request, folder, new Stopping(cancellation, stop), cancellation.Token));

            var resumed = await Runs.ResumeAsync(folder, threads: 1);

            Assert.Equal(whole.Record.Digests, resumed.Record.Digests);
        }
    }

    [Theory]
    [InlineData(GeneForm.Expression)]
    [InlineData(GeneForm.Sequence)]
    [InlineData(GeneForm.Genotype)]
    public async Task Model_ReadAgain_GivesTheSameAnswersHereAndInOnnxRuntime(GeneForm form)
    {
        var finished = await Runs.TrainAsync(MadeGenes.Request(_folder, form, count: 60) with { Models = [] }, _folder["run"]);
        var set = Others(form, finished.Run.Model);

        using var before = new GenePredictor(finished.Run.Model, 1);
        using var after = GenePredictor.Load(Path.Combine(_folder["run"], "model.onnx"), 3);
        float[] own = [.. before.Predict(set).SelectMany(answer => answer.Probabilities).Select(probability => (float)probability)];

        Assert.Equal(own, after.Predict(set).SelectMany(answer => answer.Probabilities).Select(probability => (float)probability));
        Assert.Equal(own[..2], before.Predict(set.Take([0]))[0].Probabilities.Select(probability => (float)probability));
        if (!OnnxRuntime.IsAvailable)
        {
            output.WriteLine("Left out: Node.js with onnxruntime-node is not there and could not be installed (tests/Tools/OnnxRuntime).");
            return;
        }

        double[] theirs = Theirs(Path.Combine(_folder["run"], "model.onnx"), finished.Run.Model.Manifest.Genes!, set);
        double worst = own.Zip(theirs, (mine, other) => Math.Abs(mine - other)).Max();
        output.WriteLine($"{finished.Run.Model.Manifest.ModelKind}: {worst:0.0e0}");
        Assert.InRange(worst, 0, 1e-5);
    }

    [Theory]
    [InlineData(GeneForm.Expression)]
    [InlineData(GeneForm.Sequence)]
    [InlineData(GeneForm.Genotype)]
    public async Task Run_AnyForm_NamesNoSample(GeneForm form)
    {
        await Runs.TrainAsync(MadeGenes.Request(_folder, form), _folder["run"]);

        Assert.All(Directory.GetFiles(_folder["run"], "*", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain(MadeGenes.Planted, Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(GeneForm.Expression)]
    [InlineData(GeneForm.Sequence)]
    [InlineData(GeneForm.Genotype)]
    public async Task Evaluate_TrainingSamples_RefusedAndOthersJudged(GeneForm form)
    {
        var request = MadeGenes.Request(_folder, form);
        var model = (await Runs.TrainAsync(request, _folder["run"])).Run.Model;
        var others = MadeGenes.Request(_folder, form, count: 40, from: 500);

        var refusal = Assert.Throws<DataException>(() => Runs.EvaluateGenes(model, request.DataPath, request.Data, ledger: new TestLedger(_folder["ledger"])));
        var judged = Runs.EvaluateGenes(model, others.DataPath, others.Data, ledger: new TestLedger(_folder["ledger"]));

        Assert.Contains("among those the model was trained on", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((40, 0, 1), (judged.Part.Predictions.Length, judged.SeenRows, judged.Openings));
        Assert.InRange(judged.Part.Metrics.Auroc.Value, 0.75, 1);
    }

    [Fact]
    public async Task Train_Folds_FollowedExactly()
    {
        var request = MadeGenes.Request(_folder, GeneForm.Sequence, count: 60);
        string folds = _folder.Write("folds.csv", "row,fold\n" + string.Concat(Enumerable.Range(0, 60).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},{row / 2 % 3}\n"))));

        var finished = await Runs.TrainAsync(request with { FoldsPath = folds }, _folder["run"]);

        Assert.Equal(["oof"], finished.Run.Parts.Select(part => part.Part));
        Assert.All(finished.Run.Parts[0].Predictions, prediction => Assert.Equal(prediction.Row / 2 % 3, prediction.Fold));
    }

    [Fact]
    public async Task Train_ShuffledLabels_IsWorthNothing()
    {
        var request = MadeGenes.Request(_folder, GeneForm.Sequence, count: 120);
        string text = await File.ReadAllTextAsync(request.DataPath);
        string[] lines = text.TrimEnd('\n').Split('\n');
        string shuffled = string.Join('\n', lines.Select((line, i) => i == 0 ? line : $"{line[..^1]}{(i * 7919 % 120 < 60 ? 'a' : 'b')}"));
        string path = _folder.Write("shuffled.csv", shuffled + "\n");

        var auroc = (await Runs.TrainAsync(request with { DataPath = path }, _folder["run"])).Run.Metrics.OutOfFold.Auroc;

        output.WriteLine($"{auroc}");
        Assert.InRange(0.5, auroc.Low, auroc.High);
    }

    [Fact]
    public async Task Train_LengthTellsTheLabel_StopsUntilItIsAccepted()
    {
        var request = MadeGenes.Request(_folder, GeneForm.Sequence, count: 60);
        string[] lines = (await File.ReadAllTextAsync(request.DataPath)).TrimEnd('\n').Split('\n');
        string path = _folder.Write("lengths.csv", string.Join('\n', lines.Select(line => line.EndsWith(",b", StringComparison.Ordinal) ? line.Replace(",b", "AC,b", StringComparison.Ordinal) : line)) + "\n");

        var refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(request with { DataPath = path }, _folder["run"]));
        var accepted = await Runs.TrainAsync(request with { DataPath = path, Accepted = [GeneFindingCodes.LengthTellsLabel] }, _folder["run"]);

        Assert.Contains("length of a sequence alone tells the label", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(accepted.Run.Data.Findings, finding => finding.Code == GeneFindingCodes.LengthTellsLabel);
    }

    [Fact]
    public async Task Verify_DataThatWereMoved_FindsTheLabelsBesideThem()
    {
        var request = MadeGenes.Request(_folder, GeneForm.Genotype);
        await Runs.TrainAsync(request, _folder["run"]);
        Directory.CreateDirectory(_folder["elsewhere"]);
        foreach (string file in new[] { request.DataPath, request.Data.Genes.Labels! })
        {
            File.Move(file, Path.Combine(_folder["elsewhere"], Path.GetFileName(file)));
        }

        Assert.True((await Runs.VerifyAsync(_folder["run"], Path.Combine(_folder["elsewhere"], Path.GetFileName(request.DataPath)))).IsEqual);
    }

    private GeneSet Others(GeneForm form, ModelFile model)
    {
        var others = MadeGenes.Request(_folder, form, count: 30, from: 700);
        return GeneSet.OpenUnlabelled(others.DataPath, new DatasetOptions(), form, model.Manifest.Genes!.Features);
    }

    private static double[] Theirs(string path, ManifestGenes genes, GeneSet set)
    {
        int rows = set.RowNumbers.Length;
        OnnxRuntime.OnnxTensor input;
        if (genes.Form == GeneForm.Sequence)
        {
            var tokens = new long[rows * genes.Length];
            for (int i = 0; i < rows; i++)
            {
                SequenceTokens.Write(set.Sequences[i], tokens.AsSpan(i * genes.Length, genes.Length));
            }

            input = OnnxRuntime.OnnxTensor.Of([rows, genes.Length], tokens);
        }
        else
        {
            input = OnnxRuntime.OnnxTensor.Of([rows, genes.Features.Length], set.Arranged(genes.Features, out _).Values.ToArray());
        }

        return [.. OnnxRuntime.Run(path, new Dictionary<string, OnnxRuntime.OnnxTensor> { [genes.Input] = input })[ModelFile.ProbabilitiesOutput].Numbers];
    }
}
