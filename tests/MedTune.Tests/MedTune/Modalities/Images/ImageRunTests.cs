using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Prediction;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests;

/// <summary>Runs on pictures from the archive to the folder: the same bytes for any number of threads, after a stop and when trained again.</summary>
public sealed class ImageRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Train_AnyNumberOfThreads_SameFilesThatVerify(int classes)
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], classes: classes));

        var one = await Runs.TrainAsync(request with { Threads = 1 }, _folder["one"]);
        var four = await Runs.TrainAsync(request with { Threads = 4 }, _folder["four"]);
        var verified = await Runs.VerifyAsync(_folder["one"], threads: 2);

        Assert.Equal(one.Record.Digests, four.Record.Digests);
        Assert.True(verified.IsEqual);
        output.WriteLine($"{one.Run.Metrics.Test["accuracy"]} {string.Join(" | ", one.Run.Candidates.Select(candidate => $"{candidate.Name} {candidate.LogLoss}"))}");
        Assert.Equal(["frozen", "fine-tuned"], one.Run.Candidates.Select(candidate => candidate.Name));
        Assert.InRange(one.Run.Metrics.Test["accuracy"].Value, 0.8, 1);
        Assert.Equal(100, one.Run.Parts[0].Predictions.Length);
        Assert.Equal(20, one.Run.Parts[1].Predictions.Length);
        Assert.True(one.Record.IsTestGiven);
    }

    [Fact]
    public async Task Train_FromNothing_LearnsStripes()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 72)) with { Network = null, Side = 32, Epochs = 1, Threads = 2, TimeLimit = TimeSpan.FromSeconds(1) };

        var run = (await Runs.TrainAsync(request, _folder["run"])).Run;

        Assert.Equal("network trained from nothing", run.Model.Manifest.ModelKind);
        Assert.Equal("grey", run.Model.Manifest.Image!.Order);
        Assert.True(run.HardSamples.IsEmpty);
    }

    [Fact]
    public async Task Resume_AfterAStop_EndsWithTheSameBytes()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"])) with { Threads = 2 };
        var whole = await Runs.TrainAsync(request, _folder["whole"]);
        for (int stop = 1; stop <= 3; stop++)
        {
            string folder = _folder[string.Create(CultureInfo.InvariantCulture, $"stopped {stop}")];
            using var cancellation = new CancellationTokenSource();
            var stopping = new Stopping(cancellation, stop * 7);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runs.TrainAsync(request, folder, stopping, cancellation.Token));

            var resumed = await Runs.ResumeAsync(folder, threads: 1);

            Assert.Equal(whole.Record.Digests, resumed.Record.Digests);
        }
    }

    [Fact]
    public async Task Search_WithViews_SameBytesAndTheModelAveragesOverThem()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 72)) with { Search = 2, Views = ["mirrored", "turned", "closer"], Tune = ["first-side=0.5", "adapter-rank=2"], Epochs = 2, Threads = 2 };
        var whole = await Runs.TrainAsync(request, _folder["whole"]);
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runs.TrainAsync(request, _folder["stopped"], new Stopping(cancellation, 11), cancellation.Token));
        var resumed = await Runs.ResumeAsync(_folder["stopped"], threads: 1);

        Assert.Equal(whole.Record.Digests, resumed.Record.Digests);
        var tuned = whole.Run.Candidates[1];
        Assert.Equal(3, tuned.Tried.Count(tried => tried.Values.Length > 1));
        Assert.Single(tuned.Tried, tried => tried.IsPreferred);
        Assert.Contains(",drawn,", File.ReadAllLines(Path.Combine(_folder["whole"], "settings.csv"))[0], StringComparison.Ordinal);

        // A further fine-tuning begins with one view.
        var network = PretrainedNetwork.Load(_folder["whole"]);
        Assert.DoesNotContain(network.Graph.Nodes, node => node.OpType is "Concat" or "Slice");
        using var explainer = new ImageSaliency(whole.Run.Model.Graph);
        Assert.Null(explainer.NoGradCam);
        Assert.NotNull(explainer.GradCam(MadePictures.Picture(1, 1, 40, 40), 1));
    }

    [Theory]
    [InlineData("rat=1", "nothing named 'rat'")]
    [InlineData("rate=fast", "'fast' cannot be set")]
    [InlineData("adapter-rank=-1", "'-1' cannot be set")]
    [InlineData("smoothing=2", "smoothing is from 0")]
    [InlineData("loss=hinge", "loss is one of")]
    public async Task Tune_WhatCannotBe_IsRefusedWithWhatCan(string text, string said)
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 72)) with { Tune = [text] };

        var refusal = await Assert.ThrowsAsync<PlanException>(() => Runs.TrainAsync(request, _folder["run"]));

        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LostDetail_IsToldWhereTheModelIsPoor(bool isPoor)
    {
        var flipped = Enumerable.Range(0, isPoor ? 120 : 0).Where(i => i * 7 % 13 < 6).ToHashSet();
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 120, flipped: flipped)) with { Models = ["frozen"], Side = 0, Threads = 2 };

        var run = (await Runs.TrainAsync(request, _folder["run"])).Run;

        Assert.Equal(isPoor, run.Data.Findings.Any(finding => finding.Code == ImageFindingCodes.LostDetail));
    }

    [Fact]
    public async Task TimeLimit_OfNothing_JudgesOneFoldAndRunsAgainWithoutAClock()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"])) with { Threads = 2, TimeLimit = TimeSpan.Zero };

        var run = await Runs.TrainAsync(request, _folder["run"]);

        Assert.Equal((1, 0), (run.Run.Plan.Images!.FoldsInTime, run.Run.Plan.Images.RobustnessInTime));
        Assert.Null(run.Run.Images!.Robustness);
        Assert.Contains(run.Run.Events, happened => happened.Step == "time limit");
        Assert.True((await Runs.VerifyAsync(_folder["run"])).IsEqual);
    }

    [Fact]
    public async Task Plan_ThatSaysHowFarRobustnessCame_GivesTheSameFiguresAgain()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 180)) with { Models = ["frozen"], Threads = 2 };
        var whole = (await Runs.TrainAsync(request, _folder["whole"])).Run;
        string plan = File.ReadAllText(Path.Combine(_folder["whole"], "plan.json"));
        Assert.Contains("\"robustness_in_time\": null", plan, StringComparison.Ordinal);
        var again = request with { PlanPath = _folder.Write("cut.json", plan.Replace("\"robustness_in_time\": null", "\"robustness_in_time\": 21", StringComparison.Ordinal)), TimeLimit = TimeSpan.Zero };

        var first = (await Runs.TrainAsync(again, _folder["first"])).Run;
        var second = (await Runs.TrainAsync(again with { Threads = 1 }, _folder["second"])).Run;

        Assert.Equal((30, null), (whole.Images!.Robustness!.Pictures, whole.Images.RobustnessInTime));
        Assert.Equal((21, 21, 21), (first.Images!.Robustness!.Pictures, first.Images.RobustnessInTime, first.Plan.Images!.RobustnessInTime));
        Assert.Equal(whole.Parts[0].Predictions.Length, first.Parts[0].Predictions.Length); // such a plan needs no clock
        Assert.Equal(first.Images.Robustness.Rows.SelectMany(row => row.Values), second.Images!.Robustness!.Rows.SelectMany(row => row.Values));
        Assert.Contains("More pictures were meant to be measured", await ReportOf("first"), StringComparison.Ordinal);

        async Task<string> ReportOf(string folder)
        {
            MedTune.Reports.RunReport.Write(new FinishedRun(_folder[folder], first, RunFolder.Open(_folder[folder]).ReadRecord()), _folder["report.html"]);
            return await File.ReadAllTextAsync(_folder["report.html"]);
        }
    }

    [Fact]
    public async Task HardExamples_FlippedLabels_AreListedAndCorrected()
    {
        var flipped = new HashSet<int>(Enumerable.Range(0, 12).Select(i => (i * 13) % 120));
        string archive = MadeArchive.Write(_folder["flipped.npz"], 180, flipped: flipped);
        var request = Request(archive) with { Models = ["frozen"], Threads = 2 };
        var first = (await Runs.TrainAsync(request, _folder["first"])).Run;

        var listed = first.HardSamples.Take(flipped.Count).Select(sample => sample.Row).ToHashSet();
        output.WriteLine($"{listed.Count(flipped.Contains)} of {flipped.Count}");
        Assert.InRange(listed.Count(flipped.Contains), 10, flipped.Count);

        string[] lines = File.ReadAllLines(RunFolder.Open(_folder["first"]).HardExamplesPath);
        Assert.Equal("picture,class,believed,kind,suspicion,answer", lines[0]);
        File.WriteAllLines(_folder["answers.csv"], lines.Select((line, i) => i == 0 ? line : line + (i == 1 ? "drop" : line.Split(',')[2])));
        var second = await Runs.TrainAsync(request with { CorrectionsPath = _folder["answers.csv"] }, _folder["second"]);

        Assert.Equal(first.Data.Rows - 1, second.Run.Data.Rows);
        Assert.True(second.Run.Metrics.OutOfFold.LogLoss.Value < first.Metrics.OutOfFold.LogLoss.Value / 2);
        File.Delete(_folder["answers.csv"]);
        Assert.True((await Runs.VerifyAsync(_folder["second"])).IsEqual);
    }

    [Fact]
    public async Task Predictor_OfTheFile_AnswersWhatTheRunWrote()
    {
        string archive = MadeArchive.Write(_folder["stripes.npz"]);
        var run = (await Runs.TrainAsync(Request(archive) with { Models = ["frozen"] }, _folder["run"])).Run;
        var images = ImageSet.OpenUnlabelled(archive);
        using var predictor = ImagePredictor.Load(_folder["run"], threads: 3);

        foreach (var expected in run.Parts[1].Predictions)
        {
            var answer = predictor.Predict(images.Read(images.Samples[expected.Row]));
            Assert.Equal(expected.Probabilities.ToArray(), answer.Probabilities.ToArray());
            Assert.Equal(run.Model.Manifest.Classes[expected.Predicted], answer.Class);
        }

        Assert.Throws<ModelFileException>(() => new Predictor(run.Model));
        Assert.Contains(predictor.Predict(MadePictures.Picture(1, 1, 8, 8)).Warnings, warning => warning.Contains("shorter", StringComparison.Ordinal));
        Assert.Contains(predictor.Predict(Coloured()).Warnings, warning => warning.Contains("colour", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evaluate_NewPictures_IsCountedAndKnownOnesAreRefused()
    {
        string archive = MadeArchive.Write(_folder["stripes.npz"]);
        var run = (await Runs.TrainAsync(Request(archive) with { Models = ["frozen"] }, _folder["run"])).Run;

        var refusal = Assert.Throws<DataException>(() => Runs.EvaluateImages(run.Model, archive, new DatasetOptions()));
        var accepted = Runs.EvaluateImages(run.Model, archive, new DatasetOptions(), acceptTrainingRows: true, new TestLedger(_folder["ledger"]));

        Assert.StartsWith("100 of the 120 pictures", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(100, accepted.SeenRows);
        Assert.Equal(120, accepted.Part.Predictions.Length);
        Assert.Equal(1, accepted.Openings);
    }

    [Fact]
    public async Task Model_OfAnEarlierRun_IsFineTunedFurther()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"])) with { Models = ["frozen"] };
        var first = (await Runs.TrainAsync(request, _folder["first"])).Run;

        var second = (await Runs.TrainAsync(request with { Network = PretrainedNetwork.Load(_folder["first"]), Seed = 5 }, _folder["second"])).Run;

        Assert.Equal(first.Model.Digest, second.Model.Manifest.Parent!.Digest);
        Assert.Equal(first.Model.Manifest.Image!.Mean.ToArray(), second.Model.Manifest.Image!.Mean.ToArray());
    }

    [Theory]
    [InlineData("picture,answer\ntrain/0,maybe\n", "'maybe' is no answer")]
    [InlineData("picture,answer\ntrain/999,drop\n", "not among those at hand")]
    [InlineData("picture,answer\ntrain/1,drop\ntrain/1,keep\n", "second time")]
    [InlineData("picture\ntrain/1\n", "answer")]
    public async Task Corrections_ThatDoNotFit_AreRefused(string text, string expected)
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"])) with { CorrectionsPath = _folder.Write("answers.csv", text) };

        var refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(request, _folder["run"]));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public async Task Options_OfTables_AreRefusedForPictures()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"]));

        Assert.Contains("exclude each other", (await Assert.ThrowsAsync<PlanException>(() => Runs.TrainAsync(request with { TestPath = "x.csv", FoldsPath = "y.csv" }, _folder["run"]))).Message, StringComparison.Ordinal);
        Assert.Contains("which pictures are tested on", (await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(request with { TestPath = request.DataPath }, _folder["run"]))).Message, StringComparison.Ordinal);
        Assert.Contains("'frozen'", (await Assert.ThrowsAsync<PlanException>(() => Runs.TrainAsync(request with { Models = ["forest"] }, _folder["run"]))).Message, StringComparison.Ordinal);
        Assert.Contains("augmentation", (await Assert.ThrowsAsync<PlanException>(() => Runs.TrainAsync(request with { Augmentation = "moon" }, _folder["run"]))).Message, StringComparison.Ordinal);
    }

    private static PixelImage Coloured()
    {
        var grey = MadePictures.Picture(1, 1);
        return new PixelImage(grey.Width, grey.Height, 3, [.. grey.Samples.SelectMany(value => new[] { value, 0, 0 })], 0, 255);
    }

    private TrainingRequest Request(string archive) => new()
    {
        DataPath = archive,
        Data = new DatasetOptions(),
        Network = MadeArchive.Network(_folder["tiny.onnx"]),
        Side = 32,
        Epochs = 2,
        Seed = 3,
        TimeLimit = TimeSpan.FromMinutes(10),
    };
}
