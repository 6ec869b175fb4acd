using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Reports;
using MedTune.Tests.Cli;
using MedTune.Tests.Data.Images;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>Pictures with folds or test data of the user's own: followed exactly, also when the run is trained again.</summary>
public sealed class GivenSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folds_AreFollowedExactlyAndNothingIsSealed()
    {
        string archive = MadeArchive.Write(_folder["stripes.npz"]);
        string[] names = [.. ImageSet.Open(archive).Samples.Select(sample => sample.Name)];
        string text = "row,fold\n" + string.Concat(names.Skip(6).Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{(i % 5 == 0 ? (i + 6).ToString(CultureInfo.InvariantCulture) : name)},{7 + (i / 2 % 3)}\n")));
        var request = Request(archive) with { FoldsPath = _folder.Write("folds.csv", text), TimeLimit = TimeSpan.Zero };

        var finished = await Runs.TrainAsync(request, _folder["run"]);

        var part = Assert.Single(finished.Run.Parts);
        Assert.Equal(names.Skip(6), part.Predictions.Select(prediction => prediction.Name));
        Assert.All(part.Predictions, prediction => Assert.Equal((prediction.Row - 6) / 2 % 3, prediction.Fold));
        Assert.Equal((120, "", true), (finished.Run.Model.Manifest.TrainingSamples, finished.Run.TestDigest, finished.Record.HasFolds));
        Assert.Equal(
            [ImageFindingCodes.PartsIgnored, FindingCodes.FoldsRowsNotListed],
            finished.Run.Data.Findings.Select(finding => finding.Code).Where(code => code is ImageFindingCodes.PartsIgnored or FindingCodes.FoldsRowsNotListed));
        File.Delete(_folder["folds.csv"]);
        Assert.True((await Runs.VerifyAsync(_folder["run"])).IsEqual);
        string report = Report(finished);
        Assert.Contains("3 folds were given by a file and followed exactly.", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folds_ForFineTuning_AreAllJudgedInTime()
    {
        string archive = MadeArchive.Write(_folder["stripes.npz"], 72);
        string text = "row,fold\n" + string.Concat(Enumerable.Range(0, 72).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i / 2 % 2}\n")));
        var request = Request(archive) with { FoldsPath = _folder.Write("folds.csv", text), Models = ["frozen", "fine-tuned"], Epochs = 3, TimeLimit = TimeSpan.Zero };

        var run = (await Runs.TrainAsync(request, _folder["run"])).Run;

        Assert.Equal((0, null), (run.Plan.Images!.EpochsInTime, run.Plan.Images.FoldsInTime));
        Assert.Equal(72, run.Parts[0].Predictions.Length);
    }

    [Theory]
    [InlineData("row,fold\ntrain/0,0\ntrain/0,1\n", "twice")]
    [InlineData("row,fold\ntrain/0,0\nnowhere,1\n", "data row 2 that is not among those at hand")]
    [InlineData("row,fold\ntrain/0,0\n120,1\n", "not among those at hand")]
    [InlineData("row,fold\ntrain/0,x\n", "has no number in the column 'fold'")]
    [InlineData("row,fold\ntrain/0,0\ntrain/1,0\n", "one fold only")]
    [InlineData("row,fold\ntrain/0,0\ntrain/1,1\n", "at least two folds")]
    [InlineData("picture,fold\ntrain/0,0\n", "has no column 'row'")]
    public async Task Folds_ThatDoNotFit_AreRefused(string text, string expected)
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"])) with { FoldsPath = _folder.Write("folds.csv", text) };

        var refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(request, _folder["run"]));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void Folds_ByFile_HoldForItsFramesAndTornPatientsAreTold()
    {
        for (int i = 0; i < 4; i++)
        {
            WriteFilm($"films/{(i % 2 == 0 ? "no" : "yes")}/{i}.dcm", i, i % 2, $"MRN{i / 2}", frames: 2);
        }

        var images = ImageSet.Open(_folder["films"]);
        var inspection = ImageInspection.Run(images, 1);
        int[] samples = [.. Enumerable.Range(0, 8)];
        var folds = PictureFolds.Read(
            _folder.Write("folds.csv", "row,fold\nno/0.dcm,1\nno/2.dcm,2\nyes/1.dcm,2\nyes/3.dcm#1,1\n"), images, inspection, samples, [.. images.Samples.Select(sample => sample.Labels[0])]);

        Assert.Equal([0, 0, 1, 1, 1, 1, 0, -1], folds.Assignment.FoldOfRow);
        Assert.Equal([FindingCodes.FoldsRowsNotListed, FindingCodes.FoldsSplitPatients], folds.Findings.Select(finding => finding.Code));
        Assert.Contains("2 patients", folds.Findings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_GivenApart_IsJudgedAndNothingIsSealed()
    {
        for (int i = 0; i < 60; i++)
        {
            WriteFilm($"films/{(i % 2 == 0 ? "no" : "yes")}/{i:00}.dcm", i, i % 2, $"MRN{i}");
        }

        for (int i = 0; i < 20; i++)
        {
            WriteFilm($"apart/{(i % 2 == 0 ? "no" : "yes")}/{i:00}.dcm", i + 200, i % 2, $"MRN{i + 200}");
        }

        WriteFilm("apart/no/twin.dcm", 4, 0, "MRN999");
        var request = Request(_folder["films"]) with { TestPath = _folder["apart"] };

        var finished = await Runs.TrainAsync(request, _folder["run"]);

        Assert.Equal(21, finished.Run.Parts[1].Predictions.Length);
        Assert.Equal(59, finished.Run.Model.Manifest.TrainingSamples); // the twin is not learned from
        Assert.All(finished.Run.Parts[1].Predictions, prediction => Assert.StartsWith("test:", prediction.Name, StringComparison.Ordinal));
        Assert.InRange(finished.Run.Metrics.Test.Auroc.Value, 0.9, 1);
        Assert.InRange(finished.Record.TestOpenings, 1, int.MaxValue); // each run of this test opens it
        Assert.Contains(finished.Run.Data.Findings, finding => finding.Code == ImageFindingCodes.AcrossParts);
        Assert.True((await Runs.VerifyAsync(_folder["run"])).IsEqual);
        Assert.Contains("Test data given apart: judged once, at the end", Report(finished), StringComparison.Ordinal);
        Directory.Delete(_folder["apart"], recursive: true);
        await Assert.ThrowsAsync<DataException>(() => Runs.VerifyAsync(_folder["run"]));
    }

    [Fact]
    public async Task Test_OfPatientsLearnedFrom_StopsTheTraining()
    {
        for (int i = 0; i < 20; i++)
        {
            WriteFilm($"films/{(i % 2 == 0 ? "no" : "yes")}/{i:00}.dcm", i, i % 2, $"MRN{i}");
            WriteFilm($"apart/{(i % 2 == 0 ? "no" : "yes")}/{i:00}.dcm", i + 200, i % 2, $"MRN{i + 17}");
        }

        var refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(Request(_folder["films"]) with { TestPath = _folder["apart"] }, _folder["run"]));

        Assert.Contains("3 patients have pictures in more than one", refusal.Message, StringComparison.Ordinal);
        Directory.Move(_folder["apart"], _folder["more"]);
        WriteFilm("more/perhaps/1.dcm", 300, 1, "MRN300");
        refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(Request(_folder["films"]) with { TestPath = _folder["more"] }, _folder["run"]));
        Assert.Contains("'perhaps'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shortcut_IsAmongTheFindingsOfTheRun()
    {
        for (int i = 0; i < 80; i++)
        {
            // Pictures of one class are larger.
            WriteFilm($"films/{(i % 2 == 0 ? "no" : "yes")}/{i:00}.dcm", i, i % 2, $"MRN{i}", side: i % 2 == 0 ? 28 : 36);
        }

        var run = (await Runs.TrainAsync(Request(_folder["films"]), _folder["run"])).Run;
        JsonNode json = (await ProgramRun.OfAsync("train", _folder["films"], "--from", _folder["run"], "--model", "frozen", "--json", "--out", _folder["json"])).Expect(ExitCode.Done).Json;

        Assert.Contains(run.Data.Findings, finding => finding.Code == ImageFindingCodes.AcquisitionShortcut);
        Assert.Contains(json["data"]!["findings"]!.AsArray(), finding => (string?)finding!["code"] == ImageFindingCodes.AcquisitionShortcut);
    }

    private string Report(FinishedRun finished)
    {
        RunReport.Write(finished, _folder["report.html"]);
        return File.ReadAllText(_folder["report.html"]);
    }

    private TrainingRequest Request(string path) => new()
    {
        DataPath = path,
        Data = new DatasetOptions(),
        Network = MadeArchive.Network(_folder["tiny.onnx"]),
        Models = ["frozen"],
        Side = 32,
        Seed = 3,
        Threads = 2,
        TimeLimit = TimeSpan.FromMinutes(10),
    };

    private void WriteFilm(string name, int number, int label, string patient, int frames = 1, int side = 28)
    {
        var pixels = Enumerable.Range(0, frames).SelectMany(frame => MadePictures.Picture((number * 10) + frame, label, side, side).Samples.Select(value => (int)value));
        var writer = new DicomWriter().Text(0x0010_0020, "LO", patient).Text(0x0020_000D, "UI", $"1.2.{patient[3..]}").Text(0x0020_000E, "UI", $"1.3.{patient[3..]}.{number}")
            .Picture(side, side, 1, "MONOCHROME2", 8, frames: frames).Pixels(pixels, 8);
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, writer.ToArray());
    }
}
