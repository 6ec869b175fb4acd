using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>Archives of the MedMNIST form: what they hold, and how broken ones are refused.</summary>
public sealed class MedMnistFileTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_GreyAndColour_GivesPicturesAndLabels()
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3 * 4 * 3).Select(i => (byte)i)];
        var part = Assert.Single(Read(NpzFile.Write(("val_images", "|u1", [2, 3, 4, 3], pixels), ("val_labels", "<i8", [2, 1], [1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]))));
        Assert.Equal(("val", 2, 4, 3, 3), (part.Name, part.Count, part.Width, part.Height, part.Channels));
        Assert.Equal([1, 7], part.Labels.AsEnumerable());
        Assert.Equal(Enumerable.Range(36, 36).Select(i => (float)i), part.Picture(1).Samples);
    }

    [Fact]
    public void Read_SeveralLabels_KeepsThemAll()
    {
        var part = Assert.Single(Read(NpzFile.Write(("train_images", "|u1", [2, 1, 1], [5, 6]), ("train_labels", "|u1", [2, 3], [1, 0, 1, 0, 0, 1]))));
        Assert.Equal(3, part.LabelsEach);
        Assert.Equal([1, 0, 1, 0, 0, 1], part.Labels.AsEnumerable());
    }

    [Theory]
    [InlineData("|u1", new[] { 2, 3 }, "<i8", "train_images must be bytes")]
    [InlineData("<f4", new[] { 1, 1, 1 }, "<i8", "train_images must be bytes")]
    [InlineData("|u1", new[] { 3, 1, 1 }, "<i8", "one row for each of the 3 pictures")]
    [InlineData("|u1", new[] { 2, 1, 1 }, "<f8", "train_labels must be whole numbers")]
    public void Read_OtherForms_AreRefused(string type, int[] shape, string labels, string expected)
    {
        byte[] content = new byte[shape.Aggregate(1, (a, b) => a * b) * (type == "<f4" ? 4 : 1)];
        byte[] halves = [.. BitConverter.GetBytes(0.5), .. BitConverter.GetBytes(1.0)];
        byte[] file = NpzFile.Write(("train_images", type, shape, content), ("train_labels", labels, [2, 1], labels == "<f8" ? halves : new byte[16]));
        Assert.Contains(expected, Assert.Throws<DataException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|u1", "2000000000, 2000, 2000", "False", "claims")]
    [InlineData("|u1", "99999999999999999999", "False", "claims a shape")]
    [InlineData("|u1", "3, 4, 4", "False", "is cut short")]
    [InlineData("|u1", "1, 1, 1", "True", "column by column")]
    [InlineData("|O8", "1", "False", "not plain numbers")]
    public void ReadArray_FalseClaims_AreRefused(string type, string shape, string order, string expected)
    {
        using var stream = new MemoryStream([.. NpzFile.Header(type, shape, order), 1]);
        Assert.Contains(expected, Assert.Throws<DataException>(() => NpyArray.Read(stream, int.MaxValue, "a.npz")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|u1", new byte[] { 200 }, 200)]
    [InlineData("|i1", new byte[] { 200 }, -56)]
    [InlineData(">u2", new byte[] { 1, 2 }, 258)]
    [InlineData("<i2", new byte[] { 254, 255 }, -2)]
    [InlineData("<u4", new byte[] { 0, 0, 0, 128 }, 2147483648.0)]
    [InlineData(">i4", new byte[] { 255, 255, 255, 253 }, -3)]
    [InlineData("<f4", new byte[] { 0, 0, 192, 63 }, 1.5)]
    [InlineData("<f2", new byte[] { 0, 62 }, 1.5)]
    public void Element_OfEachType_IsItsNumber(string type, byte[] content, double expected)
    {
        using var stream = new MemoryStream([.. NpzFile.Header(type, "1,"), .. content]);
        Assert.Equal(expected, NpyArray.Read(stream, int.MaxValue, "a.npz")[0]);
    }

    [Fact]
    public void Open_SharedPneumonia_HasTheStatedCountsAndEightTwinsAcrossParts()
    {
        if (SharedImages.Find("images/medmnist/pneumoniamnist.npz") is not { } path)
        {
            output.WriteLine("Left out: the shared MedMNIST archive is not there.");
            return;
        }

        var images = ImageSet.Open(path, new ImageSetOptions { ClassNames = ["normal", "pneumonia"] });
        int Count(string part, int label) => images.Samples.Count(sample => sample.Part == part && sample.Labels[0] == label);
        Assert.Equal((1214, 3494), (Count("train", 0), Count("train", 1)));
        Assert.Equal((135, 389), (Count("val", 0), Count("val", 1)));
        Assert.Equal((234, 390), (Count("test", 0), Count("test", 1)));
        var inspection = ImageInspection.Run(images, 2);
        var across = Assert.Single(inspection.Findings, finding => finding.Code == ImageFindingCodes.AcrossParts);
        Assert.Equal(8, across.Count);
        Assert.Contains("8 in train and val", across.Message, StringComparison.Ordinal);
        Assert.Equal(8, inspection.LeftOut.Count(pair => pair.Value == ImageExclusion.TwinElsewhere));
        Assert.DoesNotContain(inspection.Twins, twin => !twin.IsExact);
    }

    private static ImmutableArray<MedMnistPart> Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return MedMnistFile.Read(stream, "a.npz");
    }
}
