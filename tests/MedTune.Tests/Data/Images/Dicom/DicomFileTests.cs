using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tensors;

namespace MedTune.Tests.Data.Images;

/// <summary>Written files come back with the stored values they were written with, in every form.</summary>
public sealed class DicomFileTests
{
    private static readonly string[] Uncompressed =
        [DicomSyntax.ImplicitLittleEndian, DicomSyntax.ExplicitLittleEndian, DicomSyntax.ExplicitBigEndian, DicomSyntax.Deflated];

    public static TheoryData<string, int, int, bool> GreyForms()
    {
        var forms = new TheoryData<string, int, int, bool>();
        foreach (string syntax in Uncompressed)
        {
            foreach ((int allocated, int stored) in (ReadOnlySpan<(int, int)>)[(8, 8), (8, 7), (16, 16), (16, 12), (32, 32), (32, 20)])
            {
                forms.Add(syntax, allocated, stored, false);
                forms.Add(syntax, allocated, stored, true);
            }
        }

        return forms;
    }

    [Theory]
    [MemberData(nameof(GreyForms))]
    public void ReadFrame_Grey_GivesTheStoredValues(string syntax, int allocated, int stored, bool isSigned)
    {
        foreach ((int rows, int columns, int frames) in (ReadOnlySpan<(int, int, int)>)[(4, 6, 1), (3, 3, 1), (5, 3, 3), (1, 1, 1)])
        {
            long[] values = Values(rows * columns * frames, stored, isSigned);
            DicomFile file = new DicomWriter(syntax).Picture(rows, columns, 1, "MONOCHROME2", allocated, stored, isSigned, frames)
                .Pixels(values.Select(value => (int)value), allocated).Open();
            Assert.Equal(frames, file.FrameCount);
            Assert.Empty(file.Findings);
            Assert.Equal(values, Read(file));
        }
    }

    [Theory]
    [InlineData(DicomSyntax.ImplicitLittleEndian, false)]
    [InlineData(DicomSyntax.ExplicitLittleEndian, true)]
    [InlineData(DicomSyntax.ExplicitBigEndian, false)]
    [InlineData(DicomSyntax.ExplicitBigEndian, true)]
    [InlineData(DicomSyntax.Deflated, true)]
    public void ReadFrame_Color_GivesPixelByPixel(string syntax, bool isPlanar)
    {
        foreach (int bits in (int[])[8, 16])
        {
            foreach (string photometric in (string[])["RGB", "YBR_FULL"])
            {
                const int Rows = 3;
                const int Columns = 5;
                int[] values = [.. Values(Rows * Columns * 3 * 2, bits, isSigned: false).Select(value => (int)value)];
                int[] written = isPlanar
                    ? [.. values.Chunk(Rows * Columns * 3).SelectMany(frame => Enumerable.Range(0, frame.Length).Select(i => frame[(i % (Rows * Columns) * 3) + (i / (Rows * Columns))]))]
                    : values;
                DicomFile file = new DicomWriter(syntax).Picture(Rows, Columns, 3, photometric, bits, frames: 2, isPlanar: isPlanar).Pixels(written, bits).Open();
                Assert.Equal(values.Select(value => (long)value), Read(file));
            }
        }
    }

    [Theory]
    [InlineData("YBR_FULL_422")]
    [InlineData("YBR_PARTIAL_422")]
    public void ReadFrame_HalvedColors_AreRepeated(string photometric)
    {
        int[] stored = [10, 20, 100, 200, 30, 40, 110, 210, 11, 21, 101, 201, 31, 41, 111, 211];
        int[] expected = [10, 100, 200, 20, 100, 200, 30, 110, 210, 40, 110, 210, 11, 101, 201, 21, 101, 201, 31, 111, 211, 41, 111, 211];
        DicomFile file = new DicomWriter().Picture(1, 4, 3, photometric, 8, frames: 2).Pixels(stored, 8).Open();
        Assert.Equal(expected.Select(value => (long)value), Read(file));
        Assert.Empty(file.Findings);

        // The same said of bytes that hold all of the colors.
        file = new DicomWriter().Picture(1, 4, 3, photometric, 8, frames: 2).Pixels(expected, 8).Open();
        Assert.Equal(expected.Select(value => (long)value), Read(file));
        Assert.Equal([DicomFindingCodes.FullChroma], file.Findings.AsEnumerable());
    }

    [Fact]
    public void ReadFrame_OneBit_FollowsTheBitsAcrossFrames()
    {
        int[] bits = [.. Values(3 * 3 * 5, 1, isSigned: false).Select(value => (int)value)];
        int[] bytes = [.. bits.Chunk(8).Select(chunk => chunk.Select((bit, i) => bit << i).Sum())];
        DicomFile file = new DicomWriter().Picture(3, 3, 1, "MONOCHROME2", 1, frames: 5).Pixels(bytes, 8).Open();
        Assert.Equal(bits.Select(bit => (long)bit), Read(file));
    }

    [Fact]
    public void ReadFrame_BitsThatMeanNothing_AreLeftOut()
    {
        // Twelve bits in sixteen: at the bottom with an overlay above, and at the top.
        int[] values = [0, 1, 2047, 2048, 4095, 100];
        DicomFile low = new DicomWriter().Picture(2, 3, 1, "MONOCHROME2", 16, 12).Pixels(values.Select(value => value | 0xA000), 16).Open();
        Assert.Equal(values, low.ReadFrame(0).Samples);
        DicomFile high = new DicomWriter().Picture(2, 3, 1, "MONOCHROME2", 16, 12).Numbers(0x0028_0102, 15).Pixels(values.Select(value => (value << 4) | 5), 16).Open();
        Assert.Equal(values, high.ReadFrame(0).Samples);
        DicomFile signed = new DicomWriter().Picture(2, 3, 1, "MONOCHROME2", 16, 12, isSigned: true).Pixels(values, 16).Open();
        Assert.Equal([0, 1, 2047, -2048, -1, 100], signed.ReadFrame(0).Samples);
    }

    [Fact]
    public void ReadFrame_OutsideOfTheFrames_IsTheCallersFault()
    {
        DicomFile file = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([1, 2], 8).Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadFrame(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadFrame(-1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_WithoutMetaHeader_IsReadByGuess(bool hasPreamble)
    {
        foreach (string syntax in Uncompressed[..3])
        {
            byte[] bytes = new DicomWriter(syntax).Picture(1, 3, 1, "MONOCHROME2", 16).Pixels([7, 800, 65535], 16).ToArray(hasPreamble, hasMeta: false);
            DicomFile file = DicomFile.Open(bytes, "x", null);
            Assert.Equal(syntax, file.Header.Syntax.Identifier);
            Assert.Equal([DicomFindingCodes.GuessedSyntax], file.Findings.AsEnumerable());
            Assert.Equal([7, 800, 65535], file.ReadFrame(0).Samples);
        }
    }

    [Fact]
    public void Open_MetaHeaderWithoutPreamble_IsRead()
    {
        byte[] bytes = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8).ToArray(hasPreamble: false);
        Assert.Empty(DicomFile.Open(bytes, "x", null).Findings);
    }

    [Theory]
    [InlineData(DicomSyntax.ImplicitLittleEndian, DicomSyntax.ExplicitLittleEndian)]
    [InlineData(DicomSyntax.ExplicitLittleEndian, DicomSyntax.ImplicitLittleEndian)]
    public void Open_WrittenOtherwiseThanDeclared_IsReadAsWritten(string written, string declared)
    {
        byte[] meta = new DicomWriter(declared).ToArray()[..^new DicomWriter(declared).ToArray(hasPreamble: false, hasMeta: false).Length];
        byte[] body = new DicomWriter(written).Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8).ToArray(hasPreamble: false, hasMeta: false);
        DicomFile file = DicomFile.Open([.. meta, .. body], "x", null);
        Assert.Equal([DicomFindingCodes.SyntaxOtherThanDeclared], file.Findings.AsEnumerable());
        Assert.Equal([7, 8], file.ReadFrame(0).Samples);
    }

    [Fact]
    public void Open_AfterThePixels_NothingCounts()
    {
        byte[] sound = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8).ToArray();
        foreach (byte[] rest in (byte[][])[new byte[500], [0xFC, 0xFF, 0xFC, 0xFF, (byte)'O', (byte)'B', 0, 0, 4, 0, 0, 0, 1, 2, 3, 4], [1, 2, 3]])
        {
            Assert.Equal([7, 8], DicomFile.Open([.. sound, .. rest], "x", null).ReadFrame(0).Samples);
        }

        // A file without pixels may be filled up too.
        byte[] report = new DicomWriter().ToArray();
        Assert.Null(DicomFile.Open([.. report, .. new byte[7]], "x", null).Pixels);
    }

    [Fact]
    public void Open_SequencesOfManyForms_ArePassedOver()
    {
        foreach (string syntax in Uncompressed)
        {
            DicomWriter writer = new DicomWriter(syntax).Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8);
            writer.Items(0x0008_1115, isUndefinedLength: true, item => item.Items(0x0008_1199, isUndefinedLength: true, inner => inner.Text(0x0008_1150, "UI", "1.2.3"), _ => { }));
            writer.Items(0x0008_2112, isUndefinedLength: true);
            writer.Items(0x0028_3010, isUndefinedLength: false, item => item.Items(0x0008_1199, isUndefinedLength: true, inner => inner.Text(0x0010_0010, "PN", "DOE^JANE")));
            Assert.Equal([7, 8], writer.Open().ReadFrame(0).Samples);
        }
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(400, false)]
    public void Open_DeepSequences_AreBounded(int depth, bool isRead)
    {
        void Nest(DicomWriter writer, int left)
        {
            if (left > 0)
            {
                writer.Items(0x0008_1199, isUndefinedLength: true, item => Nest(item, left - 1));
            }
        }

        DicomWriter writer = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8);
        Nest(writer, depth);
        if (isRead)
        {
            Assert.Equal([7, 8], writer.Open().ReadFrame(0).Samples);
        }
        else
        {
            Assert.Contains("nested too deeply", Assert.Throws<DataException>(() => writer.Open()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_SequenceOfUnknownRepresentation_IsImplicitInside()
    {
        // UN of undefined length: item, an element without representation, ends of item and sequence.
        byte[] inside =
        [
            0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF, 0x10, 0x00, 0x10, 0x00, 0x08, 0x00, 0x00, 0x00, .. "DOE^JANE"u8,
            0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
        ];
        byte[] file = new DicomWriter().Bytes(0x0008_9999, "UN", inside).Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8).ToArray();
        int at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x08, 0x00, 0x99, 0x99]);
        file.AsSpan(at + 8, 4).Fill(0xFF);
        Assert.Equal([7, 8], DicomFile.Open(file, "x", null).ReadFrame(0).Samples);
    }

    [Theory]
    [InlineData("ZZ", true)] // two capital letters of an edition to come: passed over by a length of four bytes
    [InlineData("z?", false)]
    public void Open_UnknownRepresentation_IsPassedOverWhereTheStandardSaysHow(string letters, bool isRead)
    {
        byte[] file = new DicomWriter().Bytes(0x0018_0001, "UN", [1, 2, 3, 4]).Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8).ToArray();
        int at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x18, 0x00, 0x01, 0x00, (byte)'U', (byte)'N']);
        (file[at + 4], file[at + 5]) = ((byte)letters[0], (byte)letters[1]);
        if (isRead)
        {
            Assert.Equal([7, 8], DicomFile.Open(file, "x", null).ReadFrame(0).Samples);
        }
        else
        {
            Assert.Contains("no known value representation", Assert.Throws<DataException>(() => DicomFile.Open(file, "x", null)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_RepeatedOverlayAndBurntInText_AreNoted()
    {
        DicomWriter writer = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8);
        writer.Text(0x0028_0301, "CS", "YES").Text(0x0028_0034, "IS", "2\\1").Words(0x6000_3000, 1, 2);
        DicomFile file = writer.Open();
        Assert.Equal([DicomFindingCodes.BurnedInText, DicomFindingCodes.OverlayLeftOut, DicomFindingCodes.PixelsNotSquare], file.Findings.AsEnumerable());
        Assert.Equal(2, file.Header.PixelAspect);
        Assert.True(file.Header.HasBurnedInText);
    }

    [Fact]
    public void ReadFrame_FloatPixels_AreRefusedByName()
    {
        DicomFile file = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 32).Bytes(0x7FE0_0008, "OF", new byte[8]).Open();
        Assert.Equal([DicomFindingCodes.FloatPixels], file.Findings.AsEnumerable());
        Assert.Contains("floating-point pixel data (7FE0,0008)", Assert.Throws<DataException>(() => file.ReadFrame(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFrame_SeveralThreads_GiveTheSame()
    {
        int[] values = [.. Values(16 * 16 * 8, 12, isSigned: false).Select(value => (int)value)];
        byte[][] frames = [.. values.Chunk(256).Select(frame => JpegWriter.Lossless(frame, 16, 16, 1, 12, 6))];
        DicomFile file = new DicomWriter(DicomSyntax.JpegLossless).Picture(16, 16, 1, "MONOCHROME2", 16, 12, frames: 8).Fragments([], frames).Open();
        Parallel.For(0, 64, i => Assert.Equal(values.AsSpan(i % 8 * 256, 256).ToArray(), file.ReadFrame(i % 8).Samples));
    }

    [Fact]
    public void Open_LongerPixelData_IsNoted()
    {
        DicomFile file = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8, 9, 10], 8).Open();
        Assert.Equal([DicomFindingCodes.LongerPixelData], file.Findings.AsEnumerable());
        Assert.Equal([7, 8], file.ReadFrame(0).Samples);
    }

    [Theory]
    [InlineData(0x0028_0010u, 0, "Rows (0028,0010)")]
    [InlineData(0x0028_0011u, 0, "Columns (0028,0011)")]
    [InlineData(0x0028_0002u, 2, "SamplesPerPixel (0028,0002)")]
    [InlineData(0x0028_0100u, 12, "BitsAllocated (0028,0100)")]
    [InlineData(0x0028_0101u, 17, "BitsStored (0028,0101)")]
    [InlineData(0x0028_0102u, 16, "HighBit (0028,0102)")]
    [InlineData(0x0028_0103u, 2, "PixelRepresentation (0028,0103)")]
    [InlineData(0x0028_0010u, 3, "holds 4 bytes of pixel data where its description needs 12")]
    public void Open_ImpossibleDescription_IsRefused(uint tag, int value, string words)
    {
        DicomWriter writer = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 16).Pixels([7, 8], 16).Numbers(tag, value);
        Assert.Contains(words, Assert.Throws<DataException>(() => writer.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_HugeClaims_AreRefusedBeforeAnythingIsAllocated()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        DicomWriter huge = new DicomWriter(DicomSyntax.Rle).Picture(65535, 65535, 3, "RGB", 8).Fragments([], [1, 2]);
        Assert.Contains("more than the 2^28 samples", Assert.Throws<DataException>(() => huge.Open()).Message, StringComparison.Ordinal);
        DicomWriter large = new DicomWriter(DicomSyntax.Rle).Picture(16000, 16000, 1, "MONOCHROME2", 8).Fragments([], [1, 0, 0, 0, .. new byte[100]]);
        Assert.Contains("too few for its size", Assert.Throws<DataException>(() => large.Open().ReadFrame(0)).Message, StringComparison.Ordinal);
        DicomWriter frames = new DicomWriter().Picture(100, 100, 1, "MONOCHROME2", 8).Text(0x0028_0008, "IS", "2147483647").Pixels([1, 2], 8);
        Assert.Contains("needs 21474836470000", Assert.Throws<DataException>(() => frames.Open()).Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000);
    }

    [Fact]
    public void Open_CutOffAnywhere_IsRefused()
    {
        byte[] sound = new DicomWriter().Picture(4, 4, 1, "MONOCHROME2", 16).Pixels(Enumerable.Range(0, 16), 16).ToArray();
        byte[] pixelsAtEnd = sound;
        for (int length = 0; length < pixelsAtEnd.Length; length++)
        {
            try
            {
                DicomFile file = DicomFile.Open(sound[..length], "x.dcm", null);
                Assert.Null(file.Pixels); // cut exactly between two attributes: the rest could be a file without pixels
                Assert.Throws<DataException>(() => file.ReadFrame(0));
            }
            catch (DataException refusal)
            {
                Assert.StartsWith("x.dcm ", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is no DICOM file, but a text that is long enough to be looked at: it goes on and on until it has more than 132 letters in it, and then some.")]
    public void Open_NoDicom_IsRefused(string text)
    {
        DataException refusal = Assert.Throws<DataException>(() => DicomFile.Open(System.Text.Encoding.ASCII.GetBytes(text), "x.dcm", null));
        Assert.StartsWith("x.dcm is ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PathOrStream_IsTheSame()
    {
        byte[] bytes = new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8).ToArray();
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            Assert.Equal([7, 8], DicomFile.Open(path).ReadFrame(0).Samples);
        }
        finally
        {
            File.Delete(path);
        }

        using var stream = new MemoryStream(bytes);
        Assert.Equal([7, 8], DicomFile.Open(stream, "stream").ReadFrame(0).Samples);
        Assert.Contains("cannot be read", Assert.Throws<DataException>(() => DicomFile.Open(path + ".none")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UnknownTransferSyntax_NamesOnlyStandardOnes()
    {
        DicomWriter writer = new DicomWriter("1.2.840.10008.1.2.4.999").Picture(1, 2, 1, "MONOCHROME2", 8).Fragments([], [1, 2]);
        Assert.Contains("the transfer syntax 1.2.840.10008.1.2.4.999", Assert.Throws<DataException>(() => writer.Open()).Message, StringComparison.Ordinal);
        writer = new DicomWriter("1.2.3.4711").Picture(1, 2, 1, "MONOCHROME2", 8).Fragments([], [1, 2]);
        Assert.DoesNotContain("4711", Assert.Throws<DataException>(() => writer.Open()).Message, StringComparison.Ordinal);
    }

    internal static IEnumerable<long> Read(DicomFile file)
    {
        for (int i = 0; i < file.FrameCount; i++)
        {
            DicomFrame frame = file.ReadFrame(i);
            for (int at = 0; at < frame.Samples.Length; at++)
            {
                yield return frame.ValueAt(at);
            }
        }
    }

    internal static long[] Values(int count, int bits, bool isSigned)
    {
        var random = new Philox(9, RandomPurpose.Search, (ulong)bits);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            long value = (long)(random.LongBits((ulong)i) & ((1UL << bits) - 1));
            return isSigned ? value - (1L << (bits - 1)) : value;
        })];
    }
}
