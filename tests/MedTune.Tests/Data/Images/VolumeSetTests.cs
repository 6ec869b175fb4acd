using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tests.House;

namespace MedTune.Tests.Data.Images;

/// <summary>Volumes among pictures: which slices they give, how those lie, and that they stay together.</summary>
public sealed class VolumeSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("LPS", false, false)] // rows towards the left, columns towards the back
    [InlineData("RAS", true, true)]
    [InlineData("LAS", false, true)]
    public void Slice_AnyStorage_ShowsTheSamePicture(string orientation, bool isMirrored, bool isUpsideDown)
    {
        var volume = Open(NiftiFile.Write(5, 4, 3, orientation, (x, y, z) => (isMirrored ? 4 - x : x) + (10 * (isUpsideDown ? 3 - y : y)) + (100 * z)));
        var slice = volume.Slice(AnatomicalPlane.Axial, 1);
        Assert.Equal((5, 4, 1), (slice.Width, slice.Height, slice.Channels));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 100f + (i % 5) + (10 * (i / 5))), slice.Samples);
    }

    [Fact]
    public void Slice_VoxelsThatAreLongerOneWay_IsStretchedInEveryPlane()
    {
        // One millimetre to the left, two to the back, four upwards.
        byte[] file = NiftiFile.Write(6, 5, 4, "LPS", (x, y, z) => 100 * z);
        float[] spacing = [1, 2, 4];
        for (int axis = 0; axis < 3; axis++)
        {
            BitConverter.TryWriteBytes(file.AsSpan(80 + (4 * axis)), spacing[axis]);
        }

        var volume = Open(file);

        var (axial, coronal, sagittal) = (volume.Slice(AnatomicalPlane.Axial, 1), volume.Slice(AnatomicalPlane.Coronal, 1), volume.Slice(AnatomicalPlane.Sagittal, 1));
        Assert.Equal((6, 10), (axial.Width, axial.Height));
        Assert.Equal((6, 16), (coronal.Width, coronal.Height));
        Assert.Equal((5, 8), (sagittal.Width, sagittal.Height));
        Assert.All(axial.Samples, value => Assert.Equal(100, value));
        float[] down = [.. Enumerable.Range(0, 8).Select(y => sagittal.Samples[(5 * y) + 2])];
        Assert.Equal([300, 275, 225, 175, 125, 75, 25, 0], down);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(float.NaN, 1)]
    [InlineData(1, 1.005f)]
    [InlineData(1, 1000)]
    public void Slice_DistancesThatSayNothing_StaysAsItIs(float along, float down)
    {
        byte[] file = NiftiFile.Write(6, 5, 1, "LPS", (x, y, _) => x + y);
        BitConverter.TryWriteBytes(file.AsSpan(80), along);
        BitConverter.TryWriteBytes(file.AsSpan(84), down);

        Assert.Equal((6, 5), (Open(file).Slice(AnatomicalPlane.Axial, 0).Width, Open(file).Slice(AnatomicalPlane.Axial, 0).Height));
    }

    [Fact]
    public void Slice_OtherPlanes_LieAcrossTheirAxes()
    {
        // Stored from the side: the first axis runs to the back, the second upwards, the third to the right.
        var volume = Open(NiftiFile.Write(3, 4, 5, "PSR", (x, y, z) => x + (10 * y) + (100 * z)));
        var coronal = volume.Slice(AnatomicalPlane.Coronal, 1);
        Assert.Equal((5, 4), (coronal.Width, coronal.Height));
        Assert.Equal([431f, 331f, 231f, 131f, 31f], coronal.Samples.Take(5)); // from the patient's right to the left, from the top
        Assert.Equal((3, 4), (volume.Slice(AnatomicalPlane.Sagittal, 4).Width, volume.Slice(AnatomicalPlane.Sagittal, 4).Height));
        Assert.Equal([430f, 431f, 432f], volume.Slice(AnatomicalPlane.Sagittal, 4).Samples.Take(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => volume.Slice(AnatomicalPlane.Coronal, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => volume.Slice(AnatomicalPlane.Oblique, 0));
    }

    [Fact]
    public void Slice_AFewHotVoxels_DoNotDarkenIt()
    {
        var slice = Open(NiftiFile.Write(20, 20, 20, "RAS", (x, y, z) => x == 0 && y == 0 && z == 0 ? 30_000 : x)).Slice(AnatomicalPlane.Axial, 0);
        Assert.Equal((0f, 19f, 19f), (slice.Low, slice.High, slice.Samples.Max()));
    }

    [Fact]
    public void Open_FolderOfVolumes_GivesTheMiddleThirdAndKeepsThemTogether()
    {
        Write("no/a.nii", 9, "RAS");
        Write("yes/b.nii.gz", 7, "LAS", volumes: 2);
        Write("yes/sub-07/sub-07_T1w.nii.gz", 3, "RAS");
        Write("yes/sub-07/sub-07_T2w.nii.gz", 3, "");
        var images = ImageSet.Open(_folder.Path);
        Assert.Equal(
            ["no/a.nii#4", "no/a.nii#5", "no/a.nii#6", "yes/b.nii.gz#3", "yes/b.nii.gz#4", "yes/b.nii.gz#5", "yes/sub-07/sub-07_T1w.nii.gz#2", "yes/sub-07/sub-07_T2w.nii.gz#2"],
            images.Samples.Select(sample => sample.Name));
        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3], images.Samples.Select(sample => images.Samples.Select(other => other.Patient).Distinct().ToList().IndexOf(sample.Patient) + 1));
        Assert.Equal((20, 10), (images.Read(images.Samples[3]).Width, images.Read(images.Samples[3]).Height));
        Assert.NotEqual(images.Read(images.Samples[3]).Samples, images.Read(images.Samples[4]).Samples);
        Assert.Equal([(ImageFindingCodes.VolumeSlices, 8), (ImageFindingCodes.VolumeWithoutOrientation, 1)], images.Findings.Select(finding => (finding.Code, finding.Count)));
        Assert.Contains("4 volumes give 8 slices, axial", images.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("of 1 that hold several volumes, the first", images.Findings[0].Message, StringComparison.Ordinal);
        Assert.Empty(ImageInspection.Run(images, 2).Twins); // slices side by side are alike and no twins
        Assert.Equal(AnatomicalPlane.Axial, images.Plane);

        var coronal = ImageSet.Open(_folder.Path, new ImageSetOptions { Plane = AnatomicalPlane.Coronal });
        Assert.Equal((20, 9), (coronal.Read(coronal.Samples[0]).Width, coronal.Read(coronal.Samples[0]).Height));
        Assert.Equal("no/a.nii#4", coronal.Samples[0].Name);
    }

    [Fact]
    public void Open_ManifestWithSlices_FollowsIt()
    {
        Write("a.nii.gz", 9, "RAS");
        Write("b.nii", 9, "RAS");
        string path = Path.Combine(_folder.Path, "volumes.csv");
        File.WriteAllText(path, "path,label,patient_id,slice\na.nii.gz,tumour,7,2-3\na.nii.gz,none,7,8\nb.nii,none,8,\n");
        var images = ImageSet.Open(path);
        Assert.Equal(["a.nii.gz#2 1", "a.nii.gz#3 1", "a.nii.gz#8 0", "b.nii#4 0", "b.nii#5 0", "b.nii#6 0"], images.Samples.Select(sample => $"{sample.Name} {sample.Labels[0]}"));
        Assert.Equal(2, images.Samples.Select(sample => sample.Patient).Distinct().Count());
        foreach (string slices in new[] { "0", "10", "3-2", "x", "2-3-4", "-1", "99999999999" })
        {
            File.WriteAllText(path, $"path,label,slice\na.nii.gz,tumour,{slices}\nb.nii,none,\n");
            Assert.Contains("expected a number from 1 to 9", Assert.Throws<DataException>(() => ImageSet.Open(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OpenUnlabelled_OneVolume_GivesItsSlices()
    {
        Write("a.nii.gz", 9, "RAS");
        string path = Path.Combine(_folder.Path, "a.nii.gz");
        Assert.True(ImageSet.IsAt(path));
        Assert.Equal(["a.nii.gz#4", "a.nii.gz#5", "a.nii.gz#6"], ImageSet.OpenUnlabelled(path).Samples.Select(sample => sample.Name));
        Assert.Equal(3, ImageSet.OpenUnlabelled(_folder.Path).Samples.Length);
    }

    [Fact]
    public void Read_DamagedVolume_IsRefusedAndTold()
    {
        Write("no/a.nii.gz", 9, "RAS");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "yes"));
        byte[] whole = NiftiFile.Packed(NiftiFile.Write(20, 10, 9, "RAS", Voxel));
        File.WriteAllBytes(Path.Combine(_folder.Path, "yes", "b.nii.gz"), whole[..^400]);
        byte[] claims = [.. NiftiFile.Write(20, 10, 9, "RAS", Voxel)];
        (claims[46], claims[47]) = (0xFF, 0x7F);
        File.WriteAllBytes(Path.Combine(_folder.Path, "yes", "that-claims-b.nii.gz"), claims);
        var found = ImageInspection.Run(ImageSet.Open(_folder.Path), 2);
        Assert.Equal(4, found.Refusals.Count);
        Assert.Single(found.Refusals.Values, refusal => refusal.Contains("more than 16384 slices", StringComparison.Ordinal));
        Assert.All(found.Refusals.Values, refusal => Assert.Contains("b.nii.gz", refusal, StringComparison.Ordinal));
    }

    private static int Voxel(int x, int y, int z) => (x * x * (z + 3)) + (y * y * y) + (((x * 7) + (y * 13) + (z * 29)) % 50);

    private static NiftiVolume Open(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return NiftiVolume.Open(stream, "a.nii");
    }

    private void Write(string name, int slices, string orientation, int volumes = 1)
    {
        byte[] file = NiftiFile.Write(20, 10, slices, orientation, (x, y, z) => Voxel(x, y, z) + name.Length, volumes);
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal) ? NiftiFile.Packed(file) : file);
    }
}
