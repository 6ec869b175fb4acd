using MedTune.Data;
using MedTune.Data.Images;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>Every real DICOM file of shared/data/dicom has the outcome its README states: the same lowest and highest stored value and the same sum, or a refusal.</summary>
public sealed class SharedDicomTests(ITestOutputHelper output)
{
    /// <summary>Files that are decoded without a native library, with the README's figures: frames, rows, columns, samples, lowest, highest, sum.</summary>
    public static TheoryData<string, int, int, int, int, long, long, long> Decoded() => new()
    {
        { "MR_small_implicit.dcm", 1, 64, 64, 1, 127, 2145, 2125338 },
        { "CT_small.dcm", 1, 128, 128, 1, 128, 2191, 14826310 },
        { "MR_small.dcm", 1, 64, 64, 1, 127, 2145, 2125338 },
        { "MR_small_bigendian.dcm", 1, 64, 64, 1, 127, 2145, 2125338 },
        { "image_dfl.dcm", 1, 512, 512, 1, 0, 255, 33322688 },
        { "MR_small_RLE.dcm", 1, 64, 64, 1, 127, 2145, 2125338 },
        { "rtdose_rle.dcm", 15, 10, 10, 1, 795000, 1254000, 1519910000 },
        { "SC_rgb_rle_16bit_2frame.dcm", 2, 100, 100, 3, 0, 65535, 1966050000 },
        { "SC_rgb_jpeg_dcmtk.dcm", 1, 100, 100, 3, 0, 255, 3836400 },
        { "SC_rgb_dcmtk_pebpcyps4.dcm", 1, 100, 100, 3, 0, 255, 3836400 },
        { "SC_rgb_small_odd_jpeg.dcm", 1, 3, 3, 3, 78, 178, 3456 },
        { "examples_palette.dcm", 1, 350, 800, 1, 0, 255, 15024554 },
        { "examples_ybr_color.dcm", 30, 240, 320, 3, 0, 192, 613444269 },
        { "SC_ybr_full_422_uncompressed.dcm", 1, 100, 100, 3, 0, 255, 3836400 },
        { "SC_rgb_small_odd.dcm", 1, 3, 3, 3, 52, 176, 3477 },
        { "liver_1frame.dcm", 1, 512, 512, 1, 0, 1, 36233 },
        { "rtdose.dcm", 15, 10, 10, 1, 795000, 1254000, 1519910000 },
        { "examples_overlay.dcm", 1, 300, 484, 1, 0, 1123, 27833052 },
        { "MR_small_padded.dcm", 1, 64, 64, 1, 127, 2145, 2125338 },
    };

    /// <summary>Files whose compression needs a native library, with the README's figures, for reading with and without it (lowest above highest: no figures given).</summary>
    public static TheoryData<string, string, int, int, int, long, long, long> Native() => new()
    {
        { "MR_small_jpeg_ls_lossless.dcm", "libcharls2", 64, 64, 1, 127, 2145, 2125338 },
        { "JPEGLSNearLossless_16.dcm", "libcharls2", 50, 10, 1, 1, 0, 0 },
        { "MR_small_jp2klossless.dcm", "libvips42", 64, 64, 1, 127, 2145, 2125338 },
        { "JPEG2000.dcm", "libvips42", 1024, 256, 1, -30, 245, 3527976 },
        { "J2K_pixelrep_mismatch.dcm", "libvips42", 512, 512, 1, -2000, 1896, -172605258 },
        { "GDCMJ2K_TextGBR.dcm", "libvips42", 400, 400, 3, 1, 0, 0 }, // a clear refusal is acceptable
        { "JPEG2000-embedded-sequence-delimiter.dcm", "libvips42", 1024, 256, 1, 1, 0, 0 }, // must be refused: its codestream is corrupt
    };

    /// <summary>Files that are refused on opening, with words of the sentence.</summary>
    public static TheoryData<string, string> Refused() => new()
    {
        { "MR_truncated.dcm", "ends inside the DICOM attribute (7FE0,0010)" },
        { "rtplan_truncated.dcm", "cut off" },
        { "meta_missing_tsyntax.dcm", "(0002,0010)" },
        { "badVR.dcm", "NumberOfFrames (0028,0008)" },
        { "no_meta.dcm", "is not a DICOM file" }, // its data set starts after a stray byte
    };

    /// <summary>Files that open and have no pixels.</summary>
    public static TheoryData<string, string> WithoutPixels() => new()
    {
        { "test-SR.dcm", "" },
        { "ExplVR_LitEndNoMeta.dcm", DicomFindingCodes.GuessedSyntax },
    };

    [Theory]
    [MemberData(nameof(Decoded))]
    public void ReadFrame_SharedFile_HasTheFiguresOfItsReadme(string name, int frames, int rows, int columns, int samples, long lowest, long highest, long sum)
    {
        if (Open(name) is not { } file)
        {
            return;
        }

        Assert.Equal(frames, file.FrameCount);
        (long Lowest, long Highest, long Sum) found = (long.MaxValue, long.MinValue, 0);
        for (int i = 0; i < frames; i++)
        {
            DicomFrame frame = file.ReadFrame(i);
            Assert.Equal((rows, columns, samples), (frame.Height, frame.Width, frame.Channels));
            for (int at = 0; at < frame.Samples.Length; at++)
            {
                long value = frame.ValueAt(at);
                found = (Math.Min(found.Lowest, value), Math.Max(found.Highest, value), found.Sum + value);
            }

            CheckShown(file.Displayed(i), rows, columns);
        }

        Assert.Equal((lowest, highest, sum), found);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Open_SharedFile_IsRefused(string name, string words)
    {
        if (Find(name) is not { } path)
        {
            return;
        }

        DataException refusal = Assert.Throws<DataException>(() => DicomFile.Open(path));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithoutPixels))]
    public void ReadFrame_SharedFileWithoutPixels_SaysSo(string name, string finding)
    {
        if (Open(name) is not { } file)
        {
            return;
        }

        Assert.Null(file.Pixels);
        Assert.Equal(0, file.FrameCount);
        Assert.Equal(finding, string.Join(' ', file.Findings));
        Assert.Contains("without pixel data (7FE0,0010)", Assert.Throws<DataException>(() => file.ReadFrame(0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Native))]
    public void ReadFrame_SharedFileWithoutItsLibrary_NamesThePackage(string name, string package, int rows, int columns, int samples, long lowest, long highest, long sum)
    {
        _ = (lowest, highest, sum);
        if (Open(name, FrameDecoders.Own) is not { } file)
        {
            return;
        }

        Assert.Equal((rows, columns, samples, 1), (file.Pixels!.Rows, file.Pixels.Columns, file.Pixels.SamplesPerPixel, file.FrameCount));
        DataException refusal = Assert.Throws<DataException>(() => file.ReadFrame(0));
        Assert.Contains($"sudo apt install {package}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Native))]
    public void ReadFrame_SharedFileWithItsLibrary_HasTheFiguresOfItsReadme(string name, string package, int rows, int columns, int samples, long lowest, long highest, long sum)
    {
        if (!NativeLibraries.Has(package == "libcharls2" ? NativeLibraries.CharLs : NativeLibraries.Vips) || Open(name) is not { } file)
        {
            output.WriteLine($"{name} was left out: it, or {package}, is not here.");
            return;
        }

        if (name == "JPEG2000-embedded-sequence-delimiter.dcm")
        {
            Assert.Throws<DataException>(() => file.ReadFrame(0)); // its codestream claims 3.8e12 pixels
            return;
        }

        DicomFrame frame = file.ReadFrame(0);
        Assert.Equal((rows, columns, samples), (frame.Height, frame.Width, frame.Channels));
        CheckShown(file.Displayed(0), rows, columns);
        if (lowest <= highest)
        {
            long[] values = [.. Enumerable.Range(0, frame.Samples.Length).Select(at => (long)frame.ValueAt(at))];
            Assert.Equal((lowest, highest, sum), (values.Min(), values.Max(), values.Sum()));
        }
    }

    [Theory]
    [InlineData("MR_small_implicit.dcm", "MR_small.dcm")]
    [InlineData("MR_small_bigendian.dcm", "MR_small.dcm")]
    [InlineData("MR_small_RLE.dcm", "MR_small.dcm")]
    [InlineData("MR_small_padded.dcm", "MR_small.dcm")]
    [InlineData("rtdose_rle.dcm", "rtdose.dcm")]
    [InlineData("JPGExtended.dcm", "JPEG-lossy.dcm")]
    [InlineData("SC_rgb_small_odd_big_endian.dcm", "SC_rgb_small_odd.dcm")]
    public void ReadFrame_SameImageInAnotherForm_HasTheSameSamples(string name, string other)
    {
        if (Open(name) is not { } file || Open(other) is not { } otherFile)
        {
            return;
        }

        for (int i = 0; i < file.FrameCount; i++)
        {
            Assert.Equal(otherFile.ReadFrame(i).Samples, file.ReadFrame(i).Samples);
        }
    }

    /// <summary>The README's figures for this file (0, 176, 3319) are those of a reader that leaves the bytes of big-endian words in their order, so that the filling byte
    /// counts as the last sample and each pair of samples is swapped. The standard (PS3.5, 8.1.1) wants the words' order undone, which gives SC_rgb_small_odd.</summary>
    [Fact]
    public void ReadFrame_BytesInBigEndianWords_AreBroughtIntoOrder()
    {
        if (Open("SC_rgb_small_odd_big_endian.dcm") is not { } file)
        {
            return;
        }

        int[] samples = file.ReadFrame(0).Samples;
        Assert.Equal((52, 176, 3477), (samples.Min(), samples.Max(), samples.Sum()));
        int[] asStored = [.. File.ReadAllBytes(Find("SC_rgb_small_odd_big_endian.dcm")!)[^28..^1].Select(value => (int)value)];
        Assert.Equal((0, 176, 3319), (asStored.Min(), asStored.Max(), asStored.Sum()));
    }

    [Theory]
    [InlineData("SC_rgb_jpeg_gdcm.dcm", 6)] // without loss, held against a picture that had gone through JPEG
    [InlineData("SC_rgb_jpeg_dcmtk.dcm", 0)]
    [InlineData("SC_rgb_dcmtk_pebpcyps4.dcm", 0)]
    public void Displayed_SameColorsInAnotherForm_AreTheSameWithinTheLossOfJpeg(string name, float tolerance)
    {
        if (Open(name) is not { } file || Open("SC_ybr_full_422_uncompressed.dcm") is not { } other)
        {
            return;
        }

        float[] expected = other.Displayed(0).Image.Samples;
        float[] found = file.Displayed(0).Image.Samples;
        float worst = expected.Zip(found, (one, two) => Math.Abs(one - two)).Max();
        output.WriteLine($"{name}: the largest difference is {worst}");
        Assert.True(worst <= tolerance, $"{worst}");
    }

    /// <summary>Ten bars of pure colors, ten rows each, as the file's lossless form keeps them.</summary>
    [Fact]
    public void ReadFrame_LosslessJpeg_HasItsBarsExactly()
    {
        int[] bars =
        [
            255, 0, 0, 255, 128, 128, 0, 255, 0, 128, 255, 128, 0, 0, 255, 128, 128, 255, 0, 0, 0, 64, 64, 64, 192, 192, 192, 255, 255, 255,
        ];
        if (Open("SC_rgb_jpeg_gdcm.dcm") is { } file)
        {
            Assert.Equal(Enumerable.Range(0, 30000).Select(i => bars[(i / 3000 * 3) + (i % 3)]), file.ReadFrame(0).Samples);
        }
    }

    [Fact]
    public void ReadFrame_TwelveBitJpeg_IsAPictureOfTheBody()
    {
        if (Open("JPGExtended.dcm") is not { } file)
        {
            return;
        }

        DicomFrame frame = file.ReadFrame(0);
        output.WriteLine($"lowest {frame.Samples.Min()}, highest {frame.Samples.Max()}, sum {frame.Samples.Sum()}");

        // The header's smallest and largest pixel values, 0 and 278, were taken before the compression with loss.
        Assert.InRange(frame.Samples.Min(), 0, 2);
        Assert.InRange(frame.Samples.Max(), 200, 300);
        Assert.InRange(frame.Samples[0], 0, 2);
    }

    [Fact]
    public void Table_NamesEveryFileOfTheFolder()
    {
        if (Find("README.md") is not { } readme)
        {
            output.WriteLine("shared/data/dicom is not here: nothing was held against it.");
            return;
        }

        IEnumerable<string> listed =
        [
            .. Decoded().Select(row => (string)row[0]), .. Native().Select(row => (string)row[0]), .. Refused().Select(row => (string)row[0]),
            .. WithoutPixels().Select(row => (string)row[0]), "SC_rgb_jpeg_gdcm.dcm", "JPEG-lossy.dcm", "JPGExtended.dcm", "SC_rgb_small_odd_big_endian.dcm",
        ];
        IEnumerable<string> present = Directory.GetFiles(Path.GetDirectoryName(readme)!, "*.dcm").Select(path => Path.GetFileName(path));
        Assert.Equal(present.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static void CheckShown(DicomPicture picture, int rows, int columns)
    {
        Assert.Equal((columns, rows), (picture.Image.Width, picture.Image.Height));
        Assert.InRange(picture.Image.Samples.Min(), 0, picture.Image.Samples.Max() - 1);
        Assert.InRange(picture.Image.Samples.Max(), 1, 255);
    }

    private static string? Find(string name) => SharedData.Find(Path.Combine("dicom", name));

    private DicomFile? Open(string name, FrameDecoders? decoders = null)
    {
        if (Find(name) is not { } path)
        {
            output.WriteLine($"shared/data/dicom/{name} is not here: nothing was held against it.");
            return null;
        }

        DicomFile file = DicomFile.Open(path, new DicomReadOptions { Decoders = decoders ?? FrameDecoders.AtHand });
        output.WriteLine($"{name}: {string.Join(' ', file.Findings)}");
        return file;
    }
}
