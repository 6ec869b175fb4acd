using MedTune.Data;
using MedTune.Data.Images;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>The header of a JPEG-LS picture is read before any native library sees it.</summary>
public sealed class JpegLsHeaderTests(ITestOutputHelper output)
{
    // Start, a comment, the frame header: 10 columns, 50 rows, 1 component of 12 bits.
    private static readonly byte[] Sample = [0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 1, 2, 0xFF, 0xF7, 0, 11, 12, 0, 50, 0, 10, 1, 1, 0x11, 0];

    [Fact]
    public void Read_Picture_GivesSizeAndDepth()
    {
        Assert.Equal(new JpegLsHeader(10, 50, 1, 12), JpegLsHeader.Read(Sample, "x"));
        for (int length = 0; length < 18; length++)
        {
            Assert.Throws<DataException>(() => JpegLsHeader.Read(Sample.AsSpan(0, length), "x"));
        }
    }

    [Theory]
    [InlineData("MR_small_jpeg_ls_lossless.dcm", 64, 64)]
    [InlineData("JPEGLSNearLossless_16.dcm", 10, 50)]
    public void Read_SharedFile_HasTheSizeOfItsHeader(string name, int width, int height)
    {
        if (SharedData.Find(Path.Combine("dicom", name)) is not { } path)
        {
            output.WriteLine($"shared/data/dicom/{name} is not here: nothing was held against it.");
            return;
        }

        byte[] bytes = File.ReadAllBytes(path);
        int start = bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);
        JpegLsHeader header = JpegLsHeader.Read(bytes.AsSpan(start), name);
        Assert.Equal((width, height, 1), (header.Width, header.Height, header.Components));
        header.Check(DicomFile.Open(path).Pixels!, name);
        Assert.Contains("its header says", Assert.Throws<DataException>(() => header.Check(DicomFile.Open(path).Pixels! with { Rows = 7 }, name)).Message, StringComparison.Ordinal);
    }
}
