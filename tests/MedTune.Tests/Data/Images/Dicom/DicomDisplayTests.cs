using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Tests.Data.Images;

/// <summary>How frames are shown: windows, tables, inversion, padding, palettes and colors.</summary>
public sealed class DicomDisplayTests
{
    [Theory]
    [InlineData(2048, 4096, DicomWindowFunction.Linear, 0, 0)]
    [InlineData(2048, 4096, DicomWindowFunction.Linear, 4095, 1)]
    [InlineData(2048, 4096, DicomWindowFunction.Linear, 2047.5, 0.5)]
    [InlineData(2048, 4096, DicomWindowFunction.Linear, -500, 0)]
    [InlineData(2048, 1, DicomWindowFunction.Linear, 2047, 0)] // width 1 is a threshold (PS3.3, C.11.2.1.2.1)
    [InlineData(2048, 1, DicomWindowFunction.Linear, 2048, 1)]
    [InlineData(0, 100, DicomWindowFunction.Linear, -50, 0)]
    [InlineData(0, 100, DicomWindowFunction.Linear, 49, 1)]
    [InlineData(0, 100, DicomWindowFunction.LinearExact, -50, 0)]
    [InlineData(0, 100, DicomWindowFunction.LinearExact, 0, 0.5)]
    [InlineData(0, 100, DicomWindowFunction.LinearExact, 50, 1)]
    [InlineData(0, 100, DicomWindowFunction.Sigmoid, 0, 0.5)]
    [InlineData(0, 100, DicomWindowFunction.Sigmoid, 25, 0.7310585786300049)] // 1 / (1 + 1/e)
    [InlineData(0, 100, DicomWindowFunction.Sigmoid, 1e12, 1)]
    public void Brightness_Window_IsTheStandards(double center, double width, DicomWindowFunction function, double value, double expected) =>
        Assert.Equal(expected, new DicomWindow(center, width, function).Brightness(value), 12);

    [Theory]
    [InlineData("LINEAR_EXACT", "0\\10", "100\\20", 0, DicomWindowFunction.LinearExact, 0, 100)]
    [InlineData("LINEAR_EXACT", "0\\10", "100\\20", 1, DicomWindowFunction.LinearExact, 10, 20)]
    [InlineData("LINEAR_EXACT", "0\\10", "100\\20", 7, DicomWindowFunction.LinearExact, 10, 20)]
    [InlineData("SIGMOID", "5.5", "1e2", 0, DicomWindowFunction.Sigmoid, 5.5, 100)]
    [InlineData(null, " +40 ", "400.0 ", 0, DicomWindowFunction.Linear, 40, 400)]
    public void Displayed_WindowOfTheFile_IsUsedAndRecorded(string? function, string centers, string widths, int index, DicomWindowFunction expected, double center, double width)
    {
        DicomWriter writer = Grey([0, 50, 100, 1000]).Text(0x0028_1050, "DS", centers).Text(0x0028_1051, "DS", widths).Text(0x0028_1052, "DS", "-100").Text(0x0028_1053, "DS", "2");
        if (function is not null)
        {
            writer.Text(0x0028_1056, "CS", function);
        }

        DicomPicture picture = writer.Open().Displayed(0, new DicomDisplayOptions { WindowIndex = index });
        var window = new DicomWindow(center, width, expected);
        Assert.Equal((DicomWindowSource.File, window), (picture.WindowSource, picture.Window));
        Assert.Empty(picture.Findings);
        Assert.Equal([Shade(-100), Shade(0), Shade(100), Shade(1900)], picture.Image.Samples);
        float Shade(double value) => 255 * (float)window.Brightness(value);
    }

    [Theory]
    [InlineData("MONOCHROME2", 0, 51, 255)]
    [InlineData("MONOCHROME1", 255, 204, 0)]
    public void Displayed_WithoutAWindow_ShowsTheFullRange(string photometric, float first, float second, float third)
    {
        DicomPicture picture = Grey([10, 30, 110], photometric).Open().Displayed(0);
        Assert.Equal([first, second, third], picture.Image.Samples);
        Assert.Equal((DicomWindowSource.FullRange, new DicomWindow(60, 100, DicomWindowFunction.LinearExact)), (picture.WindowSource, picture.Window));
        Assert.Equal((0f, 255f), (picture.Image.Low, picture.Image.High));
    }

    [Fact]
    public void Displayed_Padding_IsBlackAndOutOfTheRange()
    {
        foreach (string photometric in (string[])["MONOCHROME1", "MONOCHROME2"])
        {
            bool isInverted = photometric == "MONOCHROME1";
            DicomWriter one = Grey([63536, 10, 110], photometric).Numbers(0x0028_0120, 63536);
            Assert.Equal(isInverted ? [0f, 255f, 0f] : [0f, 0f, 255f], one.Open().Displayed(0).Image.Samples);
            DicomWriter range = Grey([60000, 63536, 10, 110], photometric).Numbers(0x0028_0120, 63536).Numbers(0x0028_0121, 60000);
            Assert.Equal(isInverted ? [0f, 0f, 255f, 0f] : [0f, 0f, 0f, 255f], range.Open().Displayed(0).Image.Samples);
        }

        DicomFile signed = new DicomWriter().Picture(1, 3, 1, "MONOCHROME2", 16, isSigned: true).Pixels([-2000, 0, 100], 16).Numbers(0x0028_0120, -2000 & 0xFFFF).Open();
        Assert.Equal([0f, 0f, 255f], signed.Displayed(0).Image.Samples);
        DicomFile nothing = Grey([7, 7]).Numbers(0x0028_0120, 7).Open();
        Assert.Equal([0f, 0f], nothing.Displayed(0).Image.Samples);
    }

    [Fact]
    public void Displayed_OptionsOfTheCaller_GoBeforeTheFile()
    {
        DicomFile file = Grey([0, 50, 100]).Text(0x0028_1050, "DS", "50").Text(0x0028_1051, "DS", "10").Open();
        var given = new DicomWindow(50, 100, DicomWindowFunction.LinearExact);
        DicomPicture picture = file.Displayed(0, new DicomDisplayOptions { Window = given });
        Assert.Equal((DicomWindowSource.Given, given), (picture.WindowSource, picture.Window));
        Assert.Equal([0f, 127.5f, 255f], picture.Image.Samples);
        Assert.Equal(DicomWindowSource.FullRange, file.Displayed(0, new DicomDisplayOptions { IgnoresFileWindow = true }).WindowSource);
        Assert.Throws<ArgumentException>(() => file.Displayed(0, new DicomDisplayOptions { Window = new DicomWindow(0, 0) }));
    }

    [Theory]
    [InlineData("40", "0", "LINEAR")]
    [InlineData("40", "-5", "LINEAR_EXACT")]
    [InlineData("40", "JANE", "LINEAR")]
    [InlineData("", "400", "LINEAR")]
    [InlineData("40", "400", "CUBIC")]
    [InlineData("NaN", "Infinity", "LINEAR")]
    public void Displayed_UnusableWindow_IsNotedAndLeftAside(string center, string width, string function)
    {
        DicomPicture picture = Grey([0, 100]).Text(0x0028_1050, "DS", center).Text(0x0028_1051, "DS", width).Text(0x0028_1056, "CS", function).Open().Displayed(0);
        Assert.Equal(DicomWindowSource.FullRange, picture.WindowSource);
        Assert.Equal([DicomFindingCodes.WindowUnusable], picture.Findings.AsEnumerable());
    }

    [Fact]
    public void Displayed_Rescaling_IsCheckedForSense()
    {
        DicomPicture zero = Grey([0, 100]).Text(0x0028_1053, "DS", "0").Open().Displayed(0);
        Assert.Equal([DicomFindingCodes.RescaleSlopeZero], zero.Findings.AsEnumerable());
        Assert.Equal([0f, 255f], zero.Image.Samples);
        DicomPicture text = Grey([0, 100]).Text(0x0028_1053, "DS", "JANE").Open().Displayed(0);
        Assert.Equal([DicomFindingCodes.UnreadableAttribute], text.Findings.AsEnumerable());
        Assert.Equal([255f, 0f], Grey([0, 100]).Text(0x0028_1053, "DS", "-1").Open().Displayed(0).Image.Samples);
        Assert.All(Grey([0, 100]).Text(0x0028_1053, "DS", "1e308").Text(0x0028_1052, "DS", "-1e308").Open().Displayed(0).Image.Samples, sample => Assert.InRange(sample, 0, 255));
    }

    [Fact]
    public void Displayed_LookupTables_AreApplied()
    {
        // Modality: values from 10 become 0, 1000, 3000; then a window.
        DicomWriter modality = Grey([5, 10, 11, 12, 99]).Items(0x0028_3000, isUndefinedLength: true,
            item => item.Numbers(0x0028_3002, 3, 10, 16).Words(0x0028_3006, 0, 1000, 3000)).Text(0x0028_1050, "DS", "1500").Text(0x0028_1051, "DS", "3000").Text(0x0028_1056, "CS", "LINEAR_EXACT");
        Assert.Equal([0f, 0f, 85f, 255f, 255f], modality.Open().Displayed(0).Image.Samples);

        // Display: goes before the file's window.
        DicomWriter display = Grey([0, 1, 2, 3]).Items(0x0028_3010, isUndefinedLength: false, item => item.Numbers(0x0028_3002, 3, 1, 12).Words(0x0028_3006, 0, 4095, 819)).Text(0x0028_1050, "DS", "9").Text(0x0028_1051, "DS", "9");
        DicomPicture picture = display.Open().Displayed(0);
        Assert.Equal((DicomWindowSource.FileTable, null), (picture.WindowSource, picture.Window));
        Assert.Equal([0f, 0f, 255f, 51f], picture.Image.Samples);

        // A first value below zero, as after rescaling with an intercept.
        DicomWriter signed = Grey([0, 1, 2]).Text(0x0028_1052, "DS", "-1000").Items(0x0028_3010, isUndefinedLength: false,
            item => item.Bytes(0x0028_3002, "SS", [2, 0, 0x18, 0xFC, 8, 0]).Words(0x0028_3006, 0, 255));
        Assert.Equal([0f, 255f, 255f], signed.Open().Displayed(0).Image.Samples);

        // A table that is too short.
        DicomWriter broken = Grey([0, 1]).Items(0x0028_3010, isUndefinedLength: false, item => item.Numbers(0x0028_3002, 30, 1, 12).Words(0x0028_3006, 0, 4095, 819));
        Assert.Equal([DicomFindingCodes.WindowUnusable], broken.Open().Displayed(0).Findings.AsEnumerable());
    }

    [Fact]
    public void Displayed_EnhancedObject_HasItsOwnWindowPerFrame()
    {
        void Groups(DicomWriter item, string center, string slope) => item
            .Items(0x0028_9132, isUndefinedLength: true, inner => inner.Text(0x0028_1050, "DS", center).Text(0x0028_1051, "DS", "100").Text(0x0028_1056, "CS", "LINEAR_EXACT"))
            .Items(0x0028_9145, isUndefinedLength: false, inner => inner.Text(0x0028_1052, "DS", "0").Text(0x0028_1053, "DS", slope));
        DicomWriter writer = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8, frames: 2).Pixels([0, 100, 0, 100], 8);
        writer.Items(0x5200_9229, isUndefinedLength: true, item => item.Items(0x0028_9110, isUndefinedLength: true, inner => inner.Text(0x0028_0030, "DS", "2\\1")));
        writer.Items(0x5200_9230, isUndefinedLength: true, item => Groups(item, "50", "1"), item => Groups(item, "100", "2"));
        DicomFile file = writer.Open();
        Assert.Equal([0f, 255f], file.Displayed(0).Image.Samples);
        Assert.Equal((0f, 255f, 100.0), (file.Displayed(1).Image.Samples[0], file.Displayed(1).Image.Samples[1], file.Displayed(1).Window!.Center));
        Assert.Equal((2.0, 1.0), file.Header.PixelSpacingMillimeters);
        Assert.Equal(2, file.Displayed(0).PixelAspect);
    }

    [Fact]
    public void Displayed_Palettes_BecomeColors()
    {
        DicomWriter Palette(int bits, int first, params int[] entries)
        {
            DicomWriter writer = new DicomWriter().Picture(1, 4, 1, "PALETTE COLOR", 8).Pixels([0, 5, 6, 200], 8);
            for (uint channel = 0; channel < 3; channel++)
            {
                int[] own = [.. entries.Select(entry => Math.Max(0, entry - (int)channel))];
                writer.Numbers(0x0028_1101 + channel, entries.Length, first, bits);
                _ = bits == 8 ? writer.Bytes(0x0028_1201 + channel, "OW", [.. own.Select(entry => (byte)entry)]) : writer.Words(0x0028_1201 + channel, own);
            }

            return writer;
        }

        DicomPicture bytes = Palette(8, 5, 50, 255).Open().Displayed(0);
        Assert.Equal(3, bytes.Image.Channels);
        Assert.Equal([50f, 49f, 48f, 50f, 49f, 48f, 255f, 254f, 253f, 255f, 254f, 253f], bytes.Image.Samples);
        Assert.Equal(DicomWindowSource.Color, bytes.WindowSource);
        DicomPicture words = Palette(16, 5, 257 * 50, 65535).Open().Displayed(0);
        Assert.Equal([50f, 50f, 255f, 255f], words.Image.Samples.Where((_, i) => i % 3 == 0));
        DicomPicture bytesInWords = Palette(16, 5, 50, 255).Open().Displayed(0);
        Assert.Equal(bytes.Image.Samples, bytesInWords.Image.Samples);
        Assert.Equal([DicomFindingCodes.EightBitTable], bytesInWords.Findings.AsEnumerable());
        DicomWriter missing = Palette(8, 5, 50, 255).Remove(0x0028_1203);
        Assert.Contains("(0028,1103)", Assert.Throws<DataException>(() => missing.Open().Displayed(0)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 5, 6, 200], missing.Open().ReadFrame(0).Samples); // the indices themselves
    }

    [Fact]
    public void Expand_SegmentedPalette_IsTheStandards()
    {
        // Two entries, a ramp of four, then the first two segments again.
        ushort[] segments = [0, 2, 10, 20, 1, 4, 100, 2, 2, 0, 0];
        Assert.Equal([10, 20, 40, 60, 80, 100, 10, 20, 40, 60, 80, 100], PaletteSegments.Expand(segments, 12)!);
        Assert.Null(PaletteSegments.Expand(segments, 13));
        Assert.Null(PaletteSegments.Expand(segments, 11));
        Assert.Null(PaletteSegments.Expand([2, 1, 0, 0], 4)); // a repetition of itself
        Assert.Null(PaletteSegments.Expand([1, 4, 100], 4)); // a ramp from nowhere
    }

    [Fact]
    public void Displayed_Ybr_BecomesRgb()
    {
        DicomPicture full = new DicomWriter().Picture(1, 3, 3, "YBR_FULL", 8).Pixels([76, 85, 255, 150, 44, 21, 128, 128, 128], 8).Open().Displayed(0);
        Assert.Equal([254f, 0f, 0f, 0f, 255f, 1f, 128f, 128f, 128f], full.Image.Samples);
        DicomPicture partial = new DicomWriter().Picture(1, 2, 3, "YBR_PARTIAL_422", 8).Pixels([16, 235, 128, 128], 8).Open().Displayed(0);
        Assert.Equal([0f, 0f, 0f, 255f, 255f, 255f], partial.Image.Samples);
        DicomPicture wide = new DicomWriter().Picture(1, 2, 3, "RGB", 16).Pixels([0, 257, 65535, 514, 0, 0], 16).Open().Displayed(0);
        Assert.Equal([0f, 1f, 255f, 2f, 0f, 0f], wide.Image.Samples);
    }

    private static DicomWriter Grey(int[] values, string photometric = "MONOCHROME2") =>
        new DicomWriter().Picture(1, values.Length, 1, photometric, 16).Pixels(values, 16);
}
