using MedTune.Data;
using MedTune.Data.Images;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>The header of a JPEG 2000 codestream is read before any native library sees it.</summary>
public sealed class Jpeg2000HeaderTests(ITestOutputHelper output)
{
    // A codestream's first markers: 512 x 512 pixels, 1 component of 13 unsigned bits.
    private static readonly byte[] Sample =
    [
        0xFF, 0x4F, 0xFF, 0x51, 0, 0x29, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x0C, 1, 1,
    ];

    [Fact]
    public void Read_Codestream_GivesSizeAndDepth()
    {
        Assert.Equal(new Jpeg2000Header(512, 512, 1, 13, false), Jpeg2000Header.Read(Sample, "x"));
        Assert.Equal(new Jpeg2000Header(512, 512, 1, 13, false), Jpeg2000Header.Read([.. new byte[85], .. Sample], "x")); // inside of a JP2 file
        byte[] signed = [.. Sample[..42], 0x8F, 1, 1];
        Assert.Equal(new Jpeg2000Header(512, 512, 1, 16, true), Jpeg2000Header.Read(signed, "x"));
        for (int length = 0; length < Sample.Length; length++)
        {
            Assert.Throws<DataException>(() => Jpeg2000Header.Read(Sample.AsSpan(0, length), "x"));
        }
    }

    [Fact]
    public void FrameOf_SamplesMovedUp_AreMovedBack()
    {
        DecodedFrame frame = new Jpeg2000Header(2, 1, 1, 13, false).FrameOf([49536f, 65528f], 1, 16);
        Assert.Equal([6192, 8191], frame.Samples);
        Assert.Equal((13, false, true), (frame.Precision, frame.IsSigned, frame.IsSignTold));
        Assert.Equal([-4096, 4095], new Jpeg2000Header(2, 1, 1, 13, true).FrameOf([-32768f, 32760f], 1, 16).Samples);
    }

    [Fact]
    public void Check_CorruptSharedFile_IsRefusedBeforeItIsDecoded()
    {
        if (SharedData.Find(Path.Combine("dicom", "JPEG2000-embedded-sequence-delimiter.dcm")) is not { } path)
        {
            output.WriteLine("shared/data/dicom is not here: its corrupt codestream was not looked at.");
            return;
        }

        byte[] bytes = File.ReadAllBytes(path);
        DicomPixelDescription description = DicomFile.Open(path).Pixels!;
        DataException refusal = Assert.Throws<DataException>(() => Jpeg2000Header.Read(bytes, "x").Check(description, "x"));
        output.WriteLine(refusal.Message);
    }
}
