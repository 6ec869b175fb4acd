using System.Buffers.Binary;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Tests.Data.Images;

/// <summary>Compressed frames: which fragments are whose, RLE and JPEG inside of DICOM, and decoders of others.</summary>
public sealed class EncapsulatedTests
{
    [Theory]
    [InlineData(8, 1, false)]
    [InlineData(8, 3, false)]
    [InlineData(16, 1, true)]
    [InlineData(16, 3, false)]
    [InlineData(32, 1, false)]
    [InlineData(32, 1, true)]
    public void ReadFrame_Rle_GivesTheStoredValues(int bits, int channels, bool isSigned)
    {
        long[] values = [.. DicomFileTests.Values(7 * 5 * channels * 2, bits, isSigned).Select((value, i) => i % 40 < 25 ? 3 : value)];
        byte[][] frames = [.. values.Select(value => (int)value).Chunk(7 * 5 * channels).Select(frame => RleWriter.Pack(frame, channels, bits))];
        foreach (uint[] offsets in (uint[][])[[], [0, (uint)(8 + frames[0].Length)]])
        {
            DicomFile file = new DicomWriter(DicomSyntax.Rle).Picture(7, 5, channels, channels == 3 ? "RGB" : "MONOCHROME2", bits, isSigned: isSigned, frames: 2).Fragments(offsets, frames).Open();
            Assert.Equal(values, DicomFileTests.Read(file));
        }
    }

    [Fact]
    public void ReadFrame_DamagedRle_IsRefused()
    {
        byte[] sound = RleWriter.Pack([.. Enumerable.Range(0, 64)], 1, 8);
        byte[] shorter = sound[..100];
        byte[] otherCount = [2, .. sound[1..]];
        byte[] outside = [.. sound[..4], 0xFF, 0xFF, 0, 0, .. sound[8..]];
        foreach (byte[] frame in (byte[][])[shorter, otherCount, outside, [], [1, 0, 0, 0]])
        {
            DicomFile file = new DicomWriter(DicomSyntax.Rle).Picture(8, 8, 1, "MONOCHROME2", 8).Fragments([], frame).Open();
            Assert.StartsWith("test.dcm: ", Assert.Throws<DataException>(() => file.ReadFrame(0)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(12, true)]
    [InlineData(16, true)]
    public void ReadFrame_JpegLossless_HasTheSignOfTheHeader(int stored, bool isSigned)
    {
        long[] values = DicomFileTests.Values(6 * 4, stored, isSigned);
        int[] coded = [.. values.Select(value => (int)value & ((1 << stored) - 1))];
        byte[] frame = JpegWriter.Lossless(coded, 4, 6, 1, stored, 1);
        DicomFile file = new DicomWriter(DicomSyntax.JpegLosslessFirstOrder).Picture(6, 4, 1, "MONOCHROME2", 16, stored, isSigned).Fragments([], frame).Open();
        Assert.Equal(values, DicomFileTests.Read(file));
        Assert.Empty(file.ReadFrame(0).Findings);
    }

    [Fact]
    public void ReadFrame_SeveralFragmentsAFrame_AreJoined()
    {
        int[][] values = [.. Enumerable.Range(0, 3).Select(n => DicomFileTests.Values(6 * 4, 16, isSigned: false).Select(value => (int)value ^ n).ToArray())];
        byte[][] pictures = [.. values.Select(frame => Even(JpegWriter.Lossless(frame, 4, 6, 1, 16, 4)))];
        byte[][] pieces = [.. pictures.SelectMany(picture => new[] { picture[..20], picture[20..40], picture[40..] })];
        uint Length(int picture) => (uint)(pictures[picture].Length + 24);
        DicomWriter Writer() => new DicomWriter(DicomSyntax.JpegLossless).Picture(6, 4, 1, "MONOCHROME2", 16, frames: 3);
        byte[] extended = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(extended.AsSpan(8), Length(0));
        BinaryPrimitives.WriteUInt64LittleEndian(extended.AsSpan(16), Length(0) + Length(1));
        (DicomWriter Writer, string Findings)[] forms =
        [
            (Writer().Fragments([0, Length(0), Length(0) + Length(1)], pieces), ""),
            (Writer().Fragments([], pieces), ""), // told from where pictures start
            (Writer().Fragments([], pieces).Bytes(0x7FE0_0001, "OV", extended), ""),
            (Writer().Fragments([0, 2, 3], pieces), DicomFindingCodes.OffsetTableIgnored),
            (Writer().Fragments([0, Length(0)], pieces), DicomFindingCodes.OffsetTableIgnored),
            (Writer().Fragments([0, 0, 0], pictures), ""), // as many fragments as frames: the table is not needed
        ];
        foreach ((DicomWriter writer, string findings) in forms)
        {
            DicomFile file = writer.Open();
            Assert.Equal(findings, string.Join(' ', file.Findings));
            Assert.Equal(values.SelectMany(frame => frame).Select(value => (long)value), DicomFileTests.Read(file));
        }

        // One frame takes all fragments.
        DicomFile single = new DicomWriter(DicomSyntax.JpegLossless).Picture(6, 4, 1, "MONOCHROME2", 16).Fragments([], pieces[..3]).Open();
        Assert.Equal(values[0], single.ReadFrame(0).Samples);
    }

    [Fact]
    public void Open_FragmentsThatDoNotFit_AreRefused()
    {
        byte[] picture = JpegWriter.Lossless([1, 2, 3, 4], 2, 2, 1, 8, 1);
        DicomWriter Writer(int frames) => new DicomWriter(DicomSyntax.JpegLossless).Picture(2, 2, 1, "MONOCHROME2", 8, frames: frames);
        Assert.Contains("holds 1 fragments of compressed pixels for 2 frames", Refusal(Writer(2).Fragments([], picture)), StringComparison.Ordinal);
        Assert.Contains("does not tell to which of its 2 frames", Refusal(Writer(2).Fragments([], picture, [1, 2], [3, 4])), StringComparison.Ordinal);
        Assert.Contains("compressed pixels in fragments was expected", Refusal(Writer(1).Pixels([1, 2, 3, 4], 8)), StringComparison.Ordinal);
        Assert.Contains("pixels without fragments was expected", Refusal(new DicomWriter().Picture(2, 2, 1, "MONOCHROME2", 8).Fragments([], picture)), StringComparison.Ordinal);
        byte[] whole = Writer(1).Fragments([], picture).ToArray();
        Assert.Contains("cut off", Assert.Throws<DataException>(() => DicomFile.Open(whole[..^8], "x", null)).Message, StringComparison.Ordinal);
        static string Refusal(DicomWriter writer) => Assert.Throws<DataException>(() => writer.Open()).Message;
    }

    [Fact]
    public void ReadFrame_SizeOtherThanTheHeaders_IsRefused()
    {
        byte[] picture = JpegWriter.Lossless([1, 2, 3, 4, 5, 6], 3, 2, 1, 8, 1);
        DicomFile file = new DicomWriter(DicomSyntax.JpegLossless).Picture(2, 2, 1, "MONOCHROME2", 8).Fragments([], picture).Open();
        Assert.Contains("is 3 x 2 pixels of 1 samples inside, and its header says 2 x 2 of 1", Assert.Throws<DataException>(() => file.ReadFrame(0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(12, 1)]
    public void ReadFrame_Dct_IsWithinRounding(int bits, int channels)
    {
        int[] values = [.. Enumerable.Range(0, 20 * 12 * channels).Select(i => (i * 7) % (1 << bits) / 2)];
        byte[] picture = JpegWriter.Sequential(values, 12, 20, channels, bits);
        DicomFile file = new DicomWriter(bits == 8 ? DicomSyntax.JpegBaseline : DicomSyntax.JpegExtended)
            .Picture(20, 12, channels, channels == 3 ? "YBR_FULL" : "MONOCHROME2", bits == 8 ? 8 : 16, bits).Fragments([], picture).Open();
        Assert.True(values.Zip(file.ReadFrame(0).Samples, (one, two) => Math.Abs(one - two)).Max() <= 2);
    }

    [Theory]
    [InlineData(0, "YBR_FULL_422", true)]
    [InlineData(1, "RGB", true)]
    [InlineData(1, "YBR_FULL", false)]
    [InlineData(null, "RGB", false)]
    public void Displayed_JpegThatSaysItsColors_IsFollowed(int? adobe, string photometric, bool isMismatch)
    {
        int[] values = [.. Enumerable.Repeat((int[])[200, 128, 128], 64).SelectMany(pixel => pixel)];
        DicomFile file = new DicomWriter(DicomSyntax.JpegBaseline).Picture(8, 8, 3, photometric, 8).Fragments([], JpegWriter.Sequential(values, 8, 8, 3, 8, adobe: adobe)).Open();
        DicomPicture picture = file.Displayed(0);
        bool isYbr = adobe == 1;
        Assert.Equal(isYbr ? [200f, 200f, 200f] : [200f, 128f, 128f], picture.Image.Samples[..3]);
        Assert.Equal(isMismatch ? [DicomFindingCodes.ColorSpaceMismatch] : [], picture.Findings.AsEnumerable());
    }

    [Fact]
    public void ReadFrame_DecoderOfTheCaller_IsUsed()
    {
        int[] decoded = [1, 4095, 2048, 100];
        var decoder = new FixedDecoder(new DecodedFrame(2, 2, 1, 12, IsSigned: false, decoded) { IsSignTold = true });
        DicomWriter writer = new DicomWriter(DicomSyntax.Jpeg2000Lossless).Picture(2, 2, 1, "MONOCHROME2", 16, 12, isSigned: true).Fragments([], [1, 2, 3, 4]);
        DicomFrame frame = writer.Open(new DicomReadOptions { Decoders = FrameDecoders.Own.With(decoder) }).ReadFrame(0);
        Assert.Equal([1, -1, -2048, 100], frame.Samples);
        Assert.Equal([DicomFindingCodes.PixelRepresentationMismatch], frame.Findings.AsEnumerable());
        Assert.Equal([1, 2, 3, 4], decoder.Seen);

        Assert.Contains("sudo apt install libvips42", Assert.Throws<DataException>(() => writer.Open(new DicomReadOptions { Decoders = FrameDecoders.Own }).ReadFrame(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFrame_MoreBitsThanTheHeaderSays_AreKept()
    {
        DicomWriter writer = new DicomWriter(DicomSyntax.JpegLossless).Picture(2, 2, 1, "MONOCHROME2", 16, 8).Fragments([], JpegWriter.Lossless([1, 2, 3000, 4], 2, 2, 1, 12, 1));
        DicomFrame frame = writer.Open().ReadFrame(0);
        Assert.Equal([1, 2, 3000, 4], frame.Samples);
        Assert.Equal(12, frame.Bits);
        Assert.Equal([DicomFindingCodes.PrecisionMismatch], frame.Findings.AsEnumerable());
    }

    [Fact]
    public void ReadFrame_WiderWordsWithoutFurtherBits_AreNoMismatch()
    {
        DicomWriter writer = new DicomWriter(DicomSyntax.JpegLossless).Picture(2, 2, 1, "MONOCHROME2", 16, 12).Fragments([], JpegWriter.Lossless([1, 2, 4095, 4], 2, 2, 1, 16, 1));
        DicomFrame frame = writer.Open().ReadFrame(0);
        Assert.Equal((4095, 12), (frame.Samples[2], frame.Bits));
        Assert.Empty(frame.Findings);
    }

    private static byte[] Even(byte[] bytes) => bytes.Length % 2 == 0 ? bytes : [.. bytes, 0];

    private sealed class FixedDecoder(DecodedFrame frame) : IFrameDecoder
    {
        public IReadOnlyCollection<string> TransferSyntaxes { get; } = [DicomSyntax.Jpeg2000Lossless];

        public byte[] Seen { get; private set; } = [];

        public DecodedFrame Decode(ReadOnlySpan<byte> bytes, DicomPixelDescription description, string where)
        {
            Seen = bytes.ToArray();
            return frame;
        }
    }
}
