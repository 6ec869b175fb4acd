using MedTune.Data;
using MedTune.Data.Images;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>Pictures are read in the depth they have; what is no picture is refused in one sentence.</summary>
public sealed class PictureReaderTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 8)]
    [InlineData(1, 16)]
    [InlineData(3, 16)]
    public void Decode_Png_GivesTheSamplesInTheirDepth(int channels, int bits)
    {
        if (!HasVips())
        {
            return;
        }

        int Sample(int x, int y, int channel) => ((x * 7) + (y * 31) + (channel * 101)) * (bits == 16 ? 97 : 1) % (1 << bits);
        var image = PictureReader.Decode(PngFile.Write(9, 5, channels, bits, Sample), 0, "a.png");
        Assert.Equal((9, 5, channels, 0f, bits == 8 ? 255f : 65535f), (image.Width, image.Height, image.Channels, image.Low, image.High));
        for (int i = 0; i < image.Samples.Length; i++)
        {
            Assert.Equal(Sample(i / channels % 9, i / channels / 9, i % channels), image.Samples[i]);
        }
    }

    [Fact]
    public void Decode_Transparency_LiesOnBlack()
    {
        if (!HasVips())
        {
            return;
        }

        var image = PictureReader.Decode(PngFile.Write(2, 1, 4, 8, (x, _, channel) => channel == 3 ? x * 255 : 200), 0, "a.png");
        Assert.Equal([0f, 0f, 0f, 200f, 200f, 200f], image.Samples);
    }

    [Fact]
    public void Decode_CutShort_IsRefused()
    {
        if (!HasVips())
        {
            return;
        }

        byte[] sound = PngFile.Write(64, 64, 1, 8, (x, y, _) => x * y % 251);
        var refusal = Assert.Throws<DataException>(() => PictureReader.Decode(sound.AsSpan(0, sound.Length / 2), 0, "a.png"));
        Assert.StartsWith("a.png: is cut short or damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_HugeClaim_IsRefusedBeforeAnythingIsAllocated()
    {
        if (!HasVips())
        {
            return;
        }

        byte[] picture = PngFile.Write(1, 1, 3, 8, (_, _, _) => 0);
        picture[17] = 1; // 65,537 columns; the checksum of the header no longer fits either
        picture[21] = 1;
        Assert.Throws<DataException>(() => PictureReader.Decode(picture, 0, "a.png"));
        Assert.Throws<DataException>(() => PictureLimits.Check(100_000, 100_000, 1, "a.png"));
    }

    [Fact]
    public void ToImage_SeveralPages_AreRefused()
    {
        var picture = new RawPicture(1, 1, 1, false, false, 8, 3, [7f]);
        Assert.Contains("holds 3 pages", Assert.Throws<DataException>(() => picture.ToImage("a.tif")).Message, StringComparison.Ordinal);
        Assert.Equal([7f], (picture with { Pages = 1 }).ToImage("a.tif").Samples);
    }

    [Fact]
    public void Decode_AnythingElse_IsRefusedWithWhatItIs()
    {
        Assert.Contains("(it is empty)", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("but an archive", Refusal([.. "PK\u0003\u0004"u8]), StringComparison.Ordinal);
        Assert.Contains("but DICOM", Refusal([.. new byte[128], .. "DICM"u8]), StringComparison.Ordinal);
        Assert.Contains("but DICOM", Refusal([.. "II*\0"u8, .. new byte[124], .. "DICM"u8]), StringComparison.Ordinal); // both at once, as slide scanners write
        Assert.Contains("is none of PNG, JPEG", Refusal([.. "<svg/>"u8]), StringComparison.Ordinal);
        static string Refusal(byte[] data) => Assert.Throws<DataException>(() => PictureReader.Decode(data, 0, "a")).Message;
    }

    [Fact]
    public void Read_SharedJpeg_MayBeDecodedSmaller()
    {
        string? folder = SharedImages.Find("images/bccd/img");
        if (folder is null || !HasVips())
        {
            output.WriteLine("Left out: the shared blood smears or libvips are not there.");
            return;
        }

        string path = Path.Combine(folder, "BloodImage_00000.jpg");
        Assert.Equal((640, 480), Size(PictureReader.Read(path)));
        Assert.Equal((640, 480), Size(PictureReader.Read(path, smallestSide: 300)));
        Assert.Equal((320, 240), Size(PictureReader.Read(path, smallestSide: 224)));
        static (int, int) Size(PixelImage image) => (image.Width, image.Height);
    }

    private bool HasVips()
    {
        bool isThere = NativeLibraries.Has(NativeLibraries.Vips);
        if (!isThere)
        {
            output.WriteLine("Left out: libvips42 is not installed.");
        }

        return isThere;
    }

    [Fact]
    public void Read_WithLibvips_LoadsNoAddOnsOfIt()
    {
        // They bring a Brotli of their own, which took the place of .NET's and crashed the writing of checkpoints.
        if (!OperatingSystem.IsLinux() || !NativeLibraries.Missing.IsEmpty)
        {
            return;
        }

        PictureReader.Decode(PngFile.Write(4, 3, 1, 8, (x, _, _) => x), 0, "made.png");

        Assert.DoesNotContain("vips-modules", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }
}
