using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tests.House;

namespace MedTune.Tests.Data.Images;

/// <summary>One label for a series of different pictures stops; a label for each kind, or a study of several series, does not.</summary>
public sealed class SeriesChecksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ORIGINAL\\PRIMARY\\LOCALIZER", null, 40, "localizer")]
    [InlineData(null, "1\\0\\0\\0\\0\\-1", 40, "plane")]
    [InlineData(null, null, 20, "size")]
    [InlineData(null, "0.98\\0\\0.2\\0\\1\\0", 40, null)]
    [InlineData(null, null, 32, null)]
    public void Judge_OneLabelForASeries_StopsWhereAPictureDiffers(string? type, string? orientation, int side, string? difference)
    {
        for (int i = 0; i < 4; i++)
        {
            Write($"yes/s1/{i}.dcm", i, "1.1");
            Write($"no/s2/{i}.dcm", i + 10, "1.2");
        }

        Write("yes/s1/9.dcm", 9, "1.1", type, orientation, side);
        var images = ImageSet.Open(_folder.Path);
        var found = ImageInspection.Run(images, 1);
        var stop = found.Findings.SingleOrDefault(finding => finding.Code == ImageFindingCodes.MixedSeries);
        if (difference is null)
        {
            Assert.Null(stop);
            Assert.Empty(found.MixedSeries);
            return;
        }

        Assert.Equal((FindingSeverity.Stop, 1), (stop!.Severity, stop.Count));
        Assert.Contains("--accept mixed-series", stop.Action, StringComparison.Ordinal);
        var mixed = Assert.Single(found.MixedSeries);
        Assert.Equal([difference], mixed.Differences.AsEnumerable());
        Assert.Equal("yes/s1/9.dcm", images.Samples[Assert.Single(mixed.Odd)].Name);
        Assert.True(stop.IsAcceptedBy([ImageFindingCodes.MixedSeries]));
    }

    [Fact]
    public void Judge_LabelsThatFollowThePictures_DoNotStop()
    {
        for (int i = 0; i < 4; i++)
        {
            Write($"slice/{i}.dcm", i, "1.1");
        }

        Write("scout/9.dcm", 9, "1.1", "ORIGINAL\\PRIMARY\\LOCALIZER");
        Assert.Empty(ImageInspection.Run(ImageSet.Open(_folder.Path), 1).MixedSeries);
    }

    [Fact]
    public void Judge_FramesOfOneFileInTwoPlanes_AreAMixedSeries()
    {
        Write("no/1.dcm", 1, "1.1");
        var writer = Picture(2, "1.2", 40, frames: 3).Items(0x5200_9230, false, Plane("1\\0\\0\\0\\1\\0"), Plane("1\\0\\0\\0\\1\\0"), Plane("0\\1\\0\\0\\0\\-1"));
        Save("yes/2.dcm", writer);
        var images = ImageSet.Open(_folder.Path);
        Assert.Equal([AnatomicalPlane.Axial, AnatomicalPlane.Axial, AnatomicalPlane.Sagittal], images.Samples.Skip(1).Select(sample => sample.Origin!.Plane!.Value));
        Assert.Equal(3, Assert.Single(ImageInspection.Run(images, 1).MixedSeries).Odd.Single());

        static Action<DicomWriter> Plane(string orientation) =>
            frame => frame.Items(0x0020_9116, false, item => item.Text(0x0020_0037, "DS", orientation));
    }

    [Fact]
    public void Judge_StudyOfSeveralSeries_IsToldAndKept()
    {
        for (int i = 0; i < 3; i++)
        {
            Write($"yes/{i}.dcm", i, "1.1", study: "5.1");
            Write($"yes/c{i}.dcm", i + 20, "1.2", orientation: "1\\0\\0\\0\\0\\-1", study: "5.1");
            Write($"no/{i}.dcm", i + 10, "1.3", study: "5.2");
        }

        var findings = ImageInspection.Run(ImageSet.Open(_folder.Path), 1).Findings;
        Assert.Equal((FindingSeverity.Warning, 1), findings.Where(finding => finding.Code == ImageFindingCodes.MixedStudies).Select(finding => (finding.Severity, finding.Count)).Single());
        Assert.DoesNotContain(findings, finding => finding.Code == ImageFindingCodes.MixedSeries);
    }

    [Fact]
    public void Judge_AFewOfAnotherDevice_AreTold()
    {
        for (int i = 0; i < 30; i++)
        {
            Save($"{(i % 2 == 0 ? "yes" : "no")}/{i:00}.dcm", Picture(i, $"1.{i}", 40).Text(0x0008_0060, "CS", i == 7 ? "SC" : "DX"));
        }

        var finding = ImageInspection.Run(ImageSet.Open(_folder.Path), 1).Findings.Single(found => found.Code == ImageFindingCodes.OddModality);
        Assert.Contains("(SC) than most (DX)", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ImageInspection.Run(ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "Modality" }), 1).Findings, found => found.Code == ImageFindingCodes.OddModality);
    }

    [Theory]
    [InlineData(new[] { 1.0, 0, 0, 0, 1, 0 }, AnatomicalPlane.Axial)]
    [InlineData(new[] { 2.0, 0, 0, 0, 0, -2 }, AnatomicalPlane.Coronal)]
    [InlineData(new[] { 0.0, 1, 0, 0, 0, -1 }, AnatomicalPlane.Sagittal)]
    [InlineData(new[] { 1.0, 0, 0, 0, 0.87, 0.5 }, AnatomicalPlane.Axial)]
    [InlineData(new[] { 1.0, 0, 0, 0, 0.7, 0.7 }, AnatomicalPlane.Oblique)]
    [InlineData(new[] { 1.0, 0, 0, 1, 0, 0 }, null)]
    [InlineData(new[] { 1.0, 0, 0 }, null)]
    public void DicomPlane_FromTheDirections_FollowsTheNormal(double[] orientation, AnatomicalPlane? expected) => Assert.Equal(expected, DicomPlane.Of(orientation));

    private void Write(string name, int number, string series, string? type = null, string? orientation = null, int side = 40, string study = "5")
    {
        var writer = Picture(number, series, side).Text(0x0020_000D, "UI", study).Text(0x0020_0037, "DS", orientation ?? "1\\0\\0\\0\\1\\0");
        Save(name, type is null ? writer : writer.Text(0x0008_0008, "CS", type));
    }

    private static DicomWriter Picture(int number, string series, int side, int frames = 1) => new DicomWriter().Text(0x0020_000E, "UI", series).Text(0x0010_0020, "LO", series)
        .Picture(side, side, 1, "MONOCHROME2", 8, frames: frames).Pixels(Enumerable.Range(0, side * side * frames).Select(i => ((i * (number + 3)) + (i / side * i * (number + 1))) % 251), 8);

    private void Save(string name, DicomWriter writer)
    {
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, writer.ToArray());
    }
}
