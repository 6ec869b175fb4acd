using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tests.Cli;
using MedTune.Tests.Data.Images;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>Runs on DICOM files by an attribute of their headers, and on volumes: from the folder to the answers.</summary>
public sealed class HeaderRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_ByViewPosition_KeepsPatientsTogetherAndIsJudgedOnTheSameAttribute()
    {
        WriteFilms("films", 48, 0);
        WriteFilms("others", 24, 100);

        var finished = await Runs.TrainAsync(Request(_folder["films"]) with { Data = new DatasetOptions { Target = "ViewPosition", Positive = "LL" } }, _folder["run"]);
        var evaluated = Runs.EvaluateImages(finished.Run.Model, _folder["others"], new DatasetOptions(), ledger: new TestLedger(_folder["ledger"]));

        Assert.Equal(["not LL", "LL"], finished.Run.Model.Manifest.Classes.AsEnumerable());
        Assert.Equal(("ViewPosition", 24), (finished.Run.Model.Manifest.Target, finished.Run.Data.Patients));
        Assert.InRange(finished.Run.Metrics.OutOfFold.Auroc.Value, 0.8, 1);
        Assert.All(finished.Run.Parts.SelectMany(part => part.Predictions).GroupBy(prediction => prediction.Group), patient => Assert.Single(patient.Select(one => one.Fold).Distinct()));
        Assert.InRange(evaluated.Part.Metrics.Auroc.Value, 0.8, 1);
        Assert.True((await Runs.VerifyAsync(_folder["run"])).IsEqual);
        Assert.All(DicomWriter.Planted, planted => Assert.DoesNotContain(planted, File.ReadAllText(Path.Combine(_folder["run"], "run.json")), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_MixedSeries_StopsUntilItIsAccepted()
    {
        WriteFilms("films", 48, 0);
        string odd = Path.Combine(_folder["films"], "s00", "odd.dcm");
        await File.WriteAllBytesAsync(odd, Film(99, "PA", 0, "ORIGINAL\\PRIMARY\\LOCALIZER").ToArray());
        var request = Request(_folder["films"]) with { Data = new DatasetOptions { Target = "ViewPosition" } };

        var refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(request, _folder["run"]));
        var accepted = await Runs.TrainAsync(request with { Accepted = [ImageFindingCodes.MixedSeries] }, _folder["run"]);

        Assert.Contains("localizers among others in 1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(accepted.Run.Data.Findings, finding => finding.Code == ImageFindingCodes.MixedSeries);
        var shown = (await ProgramRun.OfAsync("inspect", _folder["films"], "--target", "ViewPosition")).Expect(MedTune.Cli.ExitCode.Done).Output;
        Assert.Contains("s00/odd.dcm: unlike s00/", shown, StringComparison.Ordinal);
        Assert.Contains("Modality: OT 49.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_OnVolumes_PredictsSlicesOfTheSamePlane()
    {
        for (int i = 0; i < 24; i++)
        {
            WriteVolume($"{(i % 2 == 0 ? "no" : "yes")}/{i:00}.nii.gz", i, i % 2);
        }

        WriteVolume("new.nii.gz", 77, 1, "asked");
        var finished = await Runs.TrainAsync(Request(_folder["volumes"]) with { Data = new DatasetOptions { Plane = AnatomicalPlane.Coronal } }, _folder["run"]);

        Assert.Equal("coronal", finished.Run.Model.Manifest.Image!.Plane);
        Assert.Equal((72, 24), (finished.Run.Data.Rows, finished.Run.Data.Patients));
        Assert.InRange(finished.Run.Metrics.OutOfFold.Auroc.Value, 0.9, 1);
        Assert.True((await Runs.VerifyAsync(_folder["run"])).IsEqual);
        string[] lines = (await ProgramRun.OfAsync("predict", _folder["run"], Path.Combine(_folder["asked"], "new.nii.gz"))).Expect(MedTune.Cli.ExitCode.Done).Output.Trim().Split('\n');
        Assert.Equal(["picture", "new.nii.gz#4", "new.nii.gz#5", "new.nii.gz#6"], lines.Select(line => line.Split(',')[0]));
        Assert.All(lines.Skip(1), line => Assert.Equal("yes", line.Split(',')[1]));
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

    // Two films of each patient in folders of series, which are no classes.
    private void WriteFilms(string folder, int count, int from)
    {
        for (int i = 0; i < count; i++)
        {
            int patient = (i / 2) + from;
            string path = Path.Combine(_folder[folder], string.Create(CultureInfo.InvariantCulture, $"s{patient:00}"), $"{i}.dcm");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Film(i + from, patient % 3 == 0 ? "PA" : patient % 3 == 1 ? "LL" : "AP", patient).ToArray());
        }
    }

    private static DicomWriter Film(int number, string view, int patient, string type = "ORIGINAL\\PRIMARY") => new DicomWriter()
        .Text(0x0010_0020, "LO", $"MRN{patient}").Text(0x0020_000D, "UI", $"1.2.3.4711.1.{patient}").Text(0x0020_000E, "UI", $"1.2.3.4711.2.{patient}")
        .Text(0x0018_5101, "CS", view).Text(0x0008_0008, "CS", type)
        .Picture(28, 28, 1, "MONOCHROME2", 8).Pixels(MadePictures.Picture(number, view == "LL" ? 1 : 0).Samples.Select(value => (int)value), 8);

    // Seen from the front, the slices are stripes.
    private void WriteVolume(string name, int number, int label, string folder = "volumes")
    {
        var pictures = Enumerable.Range(0, 9).Select(slice => MadePictures.Picture((number * 10) + slice, label)).ToArray();
        byte[] file = NiftiFile.Write(28, 9, 28, "LPI", (x, y, z) => (int)pictures[y].Samples[(z * 28) + x]);
        string path = Path.Combine(_folder[folder], name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, NiftiFile.Packed(file));
    }
}
