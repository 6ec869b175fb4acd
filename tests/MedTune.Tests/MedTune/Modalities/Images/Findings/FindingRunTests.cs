using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Prediction;
using MedTune.Reports;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests;

/// <summary>Runs on pictures with several findings, from the manifest to the folder.</summary>
public sealed class FindingRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_AnyNumberOfThreads_SameFilesThatVerify()
    {
        var request = MadeFindings.Request(_folder, MadeFindings.Write(_folder));

        var one = await Runs.TrainAsync(request with { Threads = 1 }, _folder["one"]);
        var two = await Runs.TrainAsync(request with { Threads = 2 }, _folder["two"]);
        var verified = await Runs.VerifyAsync(_folder["one"], threads: 2);

        Assert.Equal(one.Record.Digests, two.Record.Digests);
        Assert.True(verified.IsEqual);
        var (run, manifest) = (one.Run, one.Run.Model.Manifest);
        output.WriteLine($"{run.Metrics.Test["macro_auroc"]} {string.Join(" | ", run.Candidates.Select(candidate => $"{candidate.Name} {candidate.LogLoss} {candidate.Auroc}"))}");
        Assert.Equal("multilabel", manifest.Task);
        Assert.Equal(MadeFindings.Learned.ToArray(), manifest.Classes.ToArray());
        Assert.Equal(3, manifest.Thresholds!.Value.Length);
        Assert.Null(manifest.Threshold);
        Assert.Equal(["frozen", "fine-tuned"], run.Candidates.Select(candidate => candidate.Name));
        Assert.InRange(run.Metrics.Test["macro_auroc"].Value, 0.85, 1);
        Assert.InRange(run.Metrics.OutOfFold["macro_auroc"].Value, 0.85, 1);
        Assert.Equal(MadeFindings.Count, run.Parts.Sum(part => part.Predictions.Length));
        Assert.All(run.Parts, part => Assert.All(part.Multilabel!.Findings, finding => Assert.True(finding.IsEstimable)));
        var against = Assert.Single(run.Candidates, candidate => !candidate.IsChosen).AgainstChosen!.Differences;
        Assert.Equal(["brier", "log_loss"], against.Keys);
        Assert.True(against["log_loss"].Difference.HasInterval);
        Assert.Null(run.Candidates.Single(candidate => candidate.IsChosen).AgainstChosen);
    }

    [Fact]
    public async Task Train_RareFinding_IsLeftOutAndSaid()
    {
        var run = (await Runs.TrainAsync(MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Models = ["frozen"] }, _folder["run"])).Run;

        var left = Assert.Single(run.Data.Findings, finding => finding.Code == ImageFindingCodes.RareFinding);
        Assert.Equal(("rare one", 2), (left.Column, left.Count));
        Assert.StartsWith("2 of 130 pictures", left.Message, StringComparison.Ordinal);
        Assert.Contains("'rare one'", left.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("rare one", File.ReadLines(Path.Combine(_folder["run"], "predictions.csv")).First(), StringComparison.Ordinal);
        int without = Enumerable.Range(0, MadeFindings.Count).Count(i => MadeFindings.Label(i).Length == 0);
        Assert.InRange(without, 5, MadeFindings.Count);
        Assert.Equal(without, run.Parts.SelectMany(part => part.Predictions).Count(prediction => MadeFindings.Label(prediction.Row).Length == 0));
    }

    [Fact]
    public async Task Train_NoPatientOnTwoSides()
    {
        var run = (await Runs.TrainAsync(MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Models = ["frozen"] }, _folder["run"])).Run;

        var sides = run.Parts.SelectMany(part => part.Predictions.Select(prediction => (Patient: prediction.Row % 10 == 9 ? prediction.Row - 1 : prediction.Row, Side: (part.Part, prediction.Fold)))).Distinct();
        Assert.All(sides.CountBy(pair => pair.Patient), patient => Assert.Equal(1, patient.Value));
    }

    [Fact]
    public async Task Train_OnlyRareFindings_IsRefused()
    {
        string manifest = MadeFindings.Write(_folder, count: 40, label: i => i is 3 or 4 ? "a|b" : "");

        var refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(MadeFindings.Request(_folder, manifest), _folder["run"]));

        Assert.Contains("None of the 2 findings", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public async Task Train_OneFindingThatCanBeLearned_AnswersItAlone()
    {
        string manifest = MadeFindings.Write(_folder, label: i => i is 3 or 4 ? "bright|rare" : MadeFindings.Has(i, 0) ? "bright" : "");

        var run = (await Runs.TrainAsync(MadeFindings.Request(_folder, manifest) with { Epochs = 1 }, _folder["run"])).Run;

        Assert.Equal("bright", Assert.Single(run.Model.Manifest.Classes));
        Assert.Equal(run.Metrics.Test["macro_auroc"].Value, run.Parts[1].Multilabel!.Findings[0].Metrics["auroc"].Value);
        using var explainer = new ImageExplainer(ModelFile.Load(_folder["run"]), threads: 1);
        Assert.Equal(["bright"], explainer.Explain(ImageSet.OpenUnlabelled(manifest).Read(ImageSet.OpenUnlabelled(manifest).Samples[0])).Maps.Select(map => map.Class).Distinct());
    }

    [Fact]
    public async Task Train_LossOfClasses_IsRefused()
    {
        var request = MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Tune = ["loss=focal"] };

        Assert.Contains("several findings", (await Assert.ThrowsAsync<PlanException>(() => Runs.TrainAsync(request, _folder["run"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_AfterAStop_EndsWithTheSameBytes()
    {
        var request = MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Threads = 2 };
        var whole = await Runs.TrainAsync(request, _folder["whole"]);
        for (int stop = 1; stop <= 2; stop++)
        {
            string folder = _folder[string.Create(CultureInfo.InvariantCulture, $"stopped {stop}")];
            using var cancellation = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runs.TrainAsync(request, folder, new Stopping(cancellation, stop * 40), cancellation.Token));

            var resumed = await Runs.ResumeAsync(folder, threads: 1);

            Assert.Equal(whole.Record.Digests, resumed.Record.Digests);
        }
    }

    [Fact]
    public async Task Train_FromNothing_AndWithASearch_Learns()
    {
        var request = MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Network = null, Epochs = 1, Search = 1, TimeLimit = TimeSpan.FromSeconds(3) };

        var run = (await Runs.TrainAsync(request, _folder["run"])).Run;

        Assert.Equal("network trained from nothing", run.Model.Manifest.ModelKind);
        Assert.True(run.Model.Manifest.HasFindings);
    }

    [Fact]
    public async Task PredictionsFile_OfTheRun_HoldsWhatTheModelFileAnswers()
    {
        string manifest = MadeFindings.Write(_folder);
        await Runs.TrainAsync(MadeFindings.Request(_folder, manifest) with { Models = ["fine-tuned"], Epochs = 1 }, _folder["run"]);
        var images = ImageSet.OpenUnlabelled(manifest);
        using var predictor = ImagePredictor.Load(_folder["run"], threads: 2);
        string[] lines = File.ReadAllLines(Path.Combine(_folder["run"], "predictions.csv"));

        Assert.Equal("row,part,target_bright,target_lying,target_standing,predicted_bright,predicted_lying,predicted_standing,p_bright,p_lying,p_standing", lines[0]);
        string[][] test = [.. lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells[1] == "test")];
        Assert.InRange(test.Length, 20, 30);
        Assert.All(test, cells =>
        {
            int number = int.Parse(Path.GetFileNameWithoutExtension(cells[0]), CultureInfo.InvariantCulture);
            var answer = predictor.Predict(images.Read(images.Samples[number]));
            Assert.Equal([.. new[] { 0, 1, 3 }.Select(finding => MadeFindings.Has(number, finding) ? "1" : "0")], cells[2..5]);
            Assert.Equal([.. answer.Present.Select(isThere => isThere ? "1" : "0")], cells[5..8]);
            Assert.Equal([.. answer.Probabilities.Select(probability => (float)probability)], Array.ConvertAll(cells[8..], cell => float.Parse(cell, CultureInfo.InvariantCulture)));
        });
    }

    [Fact]
    public async Task MetricsFile_AndHardExamples_NameEachFinding()
    {
        var finished = await Runs.TrainAsync(MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Models = ["frozen"] }, _folder["run"]);

        var metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["run"], "metrics.json")))!["oof"]!.AsObject();
        string[] names = ["macro_auroc", "micro_auroc", "exact_match", "hamming_loss", "auroc_bright", "recall_lying", "average_precision_standing"];
        Assert.All(names, name => Assert.InRange((double)metrics[name]!["value"]!, 0, 1));
        Assert.Equal(finished.Run.Metrics.OutOfFold["macro_auroc"].Value, MadeFindings.Learned.Average(name => (double)metrics[$"auroc_{name}"]!["value"]!), 12);
        Assert.Equal("picture,finding,label,believed,kind,suspicion,answer", File.ReadLines(Path.Combine(_folder["run"], "hard-examples.csv")).First());
        string report = ReportPage.Render(RunReport.Of(finished));
        Assert.Contains("Finding by finding", report, StringComparison.Ordinal);
        Assert.Contains("AUROC, mean over findings", report, StringComparison.Ordinal);
        Assert.Contains("Where its answers come from", report, StringComparison.Ordinal);
        Assert.Contains("bright, lying and standing", report, StringComparison.Ordinal);
        Assert.DoesNotContain("mean over classes", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_PicturesWithOtherLabels_TakesTheModelsFindings()
    {
        var run = (await Runs.TrainAsync(MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Models = ["frozen"] }, _folder["run"])).Run;
        string single = MadeFindings.Write(_folder, "single", 200, 50, i => MadeFindings.Has(i, 1) ? "lying" : i % 3 == 0 ? "fracture" : "");
        string strange = MadeFindings.Write(_folder, "strange", 200, 20, i => i % 2 == 0 ? "fracture" : "cast");

        var found = Runs.EvaluateImages(run.Model, single, new DatasetOptions(), ledger: new TestLedger(_folder["ledger"]));
        found.Write(_folder["evaluated"]);

        Assert.Equal(50, found.Part.Predictions.Length);
        Assert.InRange(found.Part.Multilabel!.Findings[1].Metrics["auroc"].Value, 0.8, 1);
        Assert.False(found.Part.Multilabel.Findings[0].IsEstimable);
        Assert.Contains(found.Data.Findings, finding => finding.Code == ImageFindingCodes.OtherFindings && finding.Message.Contains("'fracture'", StringComparison.Ordinal));
        Assert.Contains(found.Data.Findings, finding => finding.Code == ImageFindingCodes.AbsentFindings && finding.Count == 2);
        Assert.Contains("not estimable", ReportPage.Render(RunReport.Of(found)), StringComparison.Ordinal);
        Assert.Contains("'cast', 'fracture'", Assert.Throws<DataException>(() => Runs.EvaluateImages(run.Model, strange, new DatasetOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("among those the model was trained on", Assert.Throws<DataException>(() => Runs.EvaluateImages(run.Model, _folder["films/manifest.csv"], new DatasetOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HardExamples_WrongLabels_AreListedAndCorrected()
    {
        // Every eleventh picture has lying stripes in its label where there are none, or the other way round.
        string manifest = MadeFindings.Write(_folder, label: i => string.Join('|', MadeFindings.Learned.Where(name => MadeFindings.Has(i, MadeFindings.Names.IndexOf(name)) != (name == "lying" && i % 11 == 0))));
        var request = MadeFindings.Request(_folder, manifest) with { Models = ["frozen"], Threads = 2 };
        var first = (await Runs.TrainAsync(request, _folder["first"])).Run;

        int wrong = first.Parts[0].Predictions.Count(prediction => prediction.Row % 11 == 0);
        int listed = first.HardSamples.Count(sample => sample.Finding == "lying" && sample.Row % 11 == 0);
        output.WriteLine($"{listed} of {wrong} are among {first.HardSamples.Length} listed");
        Assert.InRange(listed, wrong - 2, wrong);
        Assert.True(first.HardSamples[0] is { Finding: "lying", Kind: "mislabelled" } worst && worst.Row % 11 == 0);
        Assert.NotEmpty(first.Images!.Reread);

        string[] lines = File.ReadAllLines(RunFolder.Open(_folder["first"]).HardExamplesPath);
        File.WriteAllLines(_folder["answers.csv"], lines.Select((line, i) => i == 0 ? line : line + (i == 1 ? "drop" : line.Split(',')[3])));
        var second = await Runs.TrainAsync(request with { CorrectionsPath = _folder["answers.csv"] }, _folder["second"]);

        Assert.Equal(first.Data.Rows - 1, second.Run.Data.Rows);
        Assert.True(second.Run.Metrics.OutOfFold["hamming_loss"].Value < first.Metrics.OutOfFold["hamming_loss"].Value);
        File.Delete(_folder["answers.csv"]);
        Assert.True((await Runs.VerifyAsync(_folder["second"])).IsEqual);
    }

    [Theory]
    [InlineData("picture,finding,answer\n3.png,lying,maybe\n", "'maybe' is no answer")]
    [InlineData("picture,finding,answer\n3.png,cough,present\n", "not among those at hand")]
    [InlineData("picture,finding,answer\n3.png,lying,keep\n3.png,lying,drop\n", "second time")]
    [InlineData("picture,answer\n3.png,drop\n", "column finding")]
    public async Task Corrections_ThatDoNotFit_AreRefused(string text, string expected)
    {
        var request = MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { CorrectionsPath = _folder.Write("answers.csv", text) };

        var refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(request, _folder["run"]));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public async Task Train_ArchiveOfSeveralLabels_FollowsItsPartsAndNames()
    {
        string archive = MadeFindings.WriteArchive(_folder["films.npz"]);
        var named = new DatasetOptions { ClassNames = MadeFindings.Learned };
        var run = (await Runs.TrainAsync(MadeFindings.Request(_folder, archive) with { Data = named, Models = ["frozen"], Views = ["mirrored"] }, _folder["run"])).Run;

        Assert.True(run.HasTestPart);
        Assert.Equal(30, run.Parts[1].Predictions.Length);
        Assert.InRange(run.Metrics.Test["macro_auroc"].Value, 0.85, 1);
        Assert.Equal(MadeFindings.Learned.ToArray(), run.Model.Manifest.Classes.ToArray());
        var again = Runs.EvaluateImages(run.Model, archive, named, acceptTrainingRows: true, new TestLedger(_folder["ledger"]));
        Assert.Equal(110, again.SeenRows);
        Assert.Equal(
            run.Parts[1].Predictions.SelectMany(prediction => prediction.Probabilities).ToArray(), again.Part.Predictions.Where(prediction => prediction.Row >= 110).SelectMany(prediction => prediction.Probabilities).ToArray());
    }

    [Fact]
    public async Task Train_TestPicturesApart_AreJudgedByTheSameFindings()
    {
        string apart = MadeFindings.Write(_folder, "apart", 400, 40, i => MadeFindings.Has(i, 0) ? "bright" : "");
        var request = MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { TestPath = apart, Models = ["fine-tuned"], Epochs = 1 };

        var run = await Runs.TrainAsync(request, _folder["run"]);

        var findings = run.Run.Parts[1].Multilabel!.Findings;
        Assert.Equal(40, findings[0].Count);
        Assert.InRange(findings[0].Metrics["auroc"].Value, 0.85, 1);
        Assert.False(findings[1].IsEstimable);
        Assert.True((await Runs.VerifyAsync(_folder["run"])).IsEqual);
    }

    [Fact]
    public async Task Manifest_OfFindings_IsReadAgainAndCheckedWhenHostile()
    {
        var model = (await Runs.TrainAsync(MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Models = ["frozen"] }, _folder["run"])).Run.Model;
        string json = model.Graph.Metadata[Manifest.MetadataKey];

        var read = ModelFile.Load(_folder["run"]).Manifest;
        Assert.Equal(json, ManifestJson.Write(read));
        Assert.Contains("\"thresholds\":[", json, StringComparison.Ordinal);
        (Func<Manifest, Manifest> Change, string Said)[] hostile =
        [
            (manifest => manifest with { Thresholds = null }, "threshold"),
            (manifest => manifest with { Thresholds = [.. manifest.Thresholds!.Value.Take(2)] }, "threshold"),
            (manifest => manifest with { Thresholds = [0.1, 0.2, 1.5] }, "threshold"),
            (manifest => manifest with { Threshold = 0.5 }, "threshold"),
            (manifest => manifest with { Classes = ["lying", "lying", "standing"] }, "twice"),
            (manifest => manifest with { Classes = [], TrainingClassCounts = [] }, "no findings"),
            (manifest => manifest with { Sets = new ManifestSets(0.9, 0.5) }, "sets"),
            (manifest => manifest with { FindingSets = [new ManifestSets(0.9, 0.5)] }, "sets"),
            (manifest => manifest with { FindingSets = [.. manifest.FindingSets!.Value.Take(2), new ManifestSets(0.9, 1.5)] }, "sets"),
            (manifest => manifest with { FindingSets = [.. manifest.FindingSets!.Value.Take(2), null!] }, "sets"),
            (manifest => manifest with { Task = "multiclass" }, "answers classes"),
            (manifest => manifest with { Image = null }, "pictures"),
        ];
        Assert.All(hostile, each =>
        {
            var graph = model.Graph.WithMetadata(Manifest.MetadataKey, ManifestJson.Write(each.Change(read)));
            Assert.Contains(each.Said, Assert.Throws<ModelFileException>(() => ModelFile.FromBytes(MedTune.Graphs.Files.OnnxFile.ToBytes(graph))).Message, StringComparison.Ordinal);
        });
    }
}
