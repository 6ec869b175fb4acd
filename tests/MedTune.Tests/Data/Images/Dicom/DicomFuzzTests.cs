using System.Diagnostics;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>Damaged files never do worse than a refusal of one sentence that says nothing of the patient: no other exception, no long wait, bounded memory.</summary>
public sealed class DicomFuzzTests(ITestOutputHelper output)
{
    private const int Files = 6000;
    private const int LargestSource = 40_000;
    private const long MostBytes = 256L << 20;

    private static readonly DicomReadOptions Options = new() { HashKey = new byte[32], KeepsDemographics = true };

    private static readonly HashSet<string> KnownCodes =
        [.. typeof(DicomFindingCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Open_DamagedFiles_NeverDoWorseThanARefusal()
    {
        byte[][] sources = [.. Written(), .. Shared()];
        var random = new Philox(4711, RandomPurpose.Search, 5);
        ulong at = 0;
        int Below(int bound) => random.Below(bound, at++);
        (int Read, int Refused, long Slowest, long Largest) seen = default;
        var sentences = new HashSet<string>(StringComparer.Ordinal);
        for (int n = 0; n < Files; n++)
        {
            byte[] bytes = Damage(sources[n % sources.Length], sources[Below(sources.Length)], Below);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            string? refusal = Use(bytes, n);
            bool isRead = refusal is null;
            sentences.Add(string.Concat((refusal ?? "").Where(letter => !char.IsAsciiHexDigit(letter))));
            seen = (seen.Read + (isRead ? 1 : 0), seen.Refused + (isRead ? 0 : 1), Math.Max(seen.Slowest, clock.ElapsedMilliseconds),
                Math.Max(seen.Largest, GC.GetAllocatedBytesForCurrentThread() - before));
            Assert.True(clock.ElapsedMilliseconds < 20_000, $"file {n} took {clock.ElapsedMilliseconds} ms");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"file {n} of {bytes.Length} bytes took {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }

        output.WriteLine($"{sources.Length} sources: {seen.Read} read, {seen.Refused} refused; {sentences.Count} kinds of sentences; slowest {seen.Slowest} ms, largest {seen.Largest >> 20} MB");
        Assert.InRange(seen.Read, Files / 20, Files * 19 / 20); // both happen often, or the damage is of the wrong kind
        Assert.True(sentences.Count >= 30);
    }

    /// <summary>Opens and shows a file; gives the refusal's sentence, or null.</summary>
    private static string? Use(byte[] bytes, int n)
    {
        const string Name = "damaged.dcm";
        try
        {
            DicomFile file = DicomFile.Open(bytes, Name, Options);
            Assert.All(file.Findings, code => Assert.Contains(code, KnownCodes));
            if (file.Pixels is null)
            {
                Assert.Throws<DataException>(() => file.ReadFrame(0));
                return null;
            }

            for (int frame = 0; frame < Math.Min(file.FrameCount, 2); frame++)
            {
                DicomPicture picture = file.Displayed(frame);
                Assert.All(picture.Findings, code => Assert.Contains(code, KnownCodes));
                Assert.True(picture.Image.Samples.All(sample => sample is >= 0 and <= 255), $"file {n}: a sample outside of black and white, {file.Pixels} {picture.Window}");
            }

            return null;
        }
        catch (DataException refusal)
        {
            CheckSentence(refusal.Message, Name, n);
            return refusal.Message;
        }
    }

    private static void CheckSentence(string message, string name, int n)
    {
        Assert.StartsWith(name, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain(". ", message, StringComparison.Ordinal);
        Assert.True(message.All(letter => letter is >= ' ' and <= '~'), $"file {n}: {message}");
        Assert.All(DicomWriter.Planted, planted => Assert.DoesNotContain(planted, message, StringComparison.OrdinalIgnoreCase));
    }

    private static byte[] Damage(byte[] source, byte[] other, Func<int, int> below)
    {
        List<byte> bytes = [.. source];
        for (int change = 1 + below(3); change > 0 && bytes.Count > 0; change--)
        {
            // Half of it near the pixels' description, or in the first bytes of the pixels, where it matters.
            int place = below(2) == 0 ? below(bytes.Count) : Math.Min(bytes.Count - 1, 132 + below(Math.Min(bytes.Count, 2500)));
            switch (below(9))
            {
                case 0:
                    bytes[place] = (byte)below(256);
                    break;
                case 1:
                    bytes[place] ^= (byte)(1 << below(8));
                    break;
                case 2:
                    bytes[place] = 0xFF;
                    break;
                case 3:
                    for (int i = place; i < Math.Min(place + 4, bytes.Count); i++)
                    {
                        bytes[i] = 0xFF; // an undefined length, or the largest of all numbers
                    }

                    break;
                case 4:
                    bytes.RemoveRange(place, Math.Min(1 + below(20), bytes.Count - place));
                    break;
                case 5:
                    bytes.InsertRange(place, other.AsSpan(below(other.Length)).ToArray().Take(1 + below(60)));
                    break;
                case 6 when below(4) == 0:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                case 7 when below(4) == 0:
                    bytes = [.. bytes.Take(place), .. other.Skip(below(other.Length))];
                    break;
                default:
                    ushort value = (ushort)(1 << below(16));
                    bytes[place] = (byte)value;
                    bytes[Math.Min(place + 1, bytes.Count - 1)] = (byte)(value >> 8);
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<byte[]> Written()
    {
        int[] grey = [.. DicomFileTests.Values(20 * 12, 12, isSigned: false).Select(value => (int)value)];
        int[] color = [.. DicomFileTests.Values(8 * 8 * 3, 8, isSigned: false).Select(value => (int)value)];
        foreach (string syntax in (string[])[DicomSyntax.ImplicitLittleEndian, DicomSyntax.ExplicitLittleEndian, DicomSyntax.ExplicitBigEndian, DicomSyntax.Deflated])
        {
            yield return Windowed(new DicomWriter(syntax).Picture(20, 12, 1, "MONOCHROME1", 16, 12)).Pixels(grey, 16).ToArray();
            yield return new DicomWriter(syntax).Picture(8, 8, 3, "RGB", 8, isPlanar: true).Pixels(color, 8).ToArray(hasPreamble: syntax != DicomSyntax.Deflated, hasMeta: syntax == DicomSyntax.Deflated);
        }

        yield return new DicomWriter().Picture(6, 8, 3, "YBR_FULL_422", 8, frames: 2).Pixels(color[..192], 8).ToArray();
        yield return new DicomWriter().Picture(6, 8, 1, "MONOCHROME2", 1, frames: 3).Pixels(color[..18], 8).ToArray();
        yield return Palette(new DicomWriter().Picture(8, 8, 1, "PALETTE COLOR", 8)).Pixels(color[..64], 8).ToArray();
        yield return Windowed(new DicomWriter(DicomSyntax.Rle).Picture(20, 12, 1, "MONOCHROME2", 16, 12)).Fragments([], RleWriter.Pack(grey, 1, 16)).ToArray();
        yield return new DicomWriter(DicomSyntax.JpegLossless).Picture(20, 12, 1, "MONOCHROME2", 16, 12).Fragments([0], JpegWriter.Lossless(grey, 12, 20, 1, 12, 6, 2)).ToArray();
        yield return new DicomWriter(DicomSyntax.JpegExtended).Picture(20, 12, 1, "MONOCHROME2", 16, 12).Fragments([], JpegWriter.Sequential(grey, 12, 20, 1, 12, restart: 2)).ToArray();
        byte[] picture = JpegWriter.Sequential(color, 8, 8, 3, 8, (2, 2));
        yield return new DicomWriter(DicomSyntax.JpegBaseline).Picture(8, 8, 3, "YBR_FULL_422", 8, frames: 2).Fragments([], picture[..30], picture[30..], picture).ToArray();
    }

    private static DicomWriter Windowed(DicomWriter writer) => writer
        .Text(0x0028_1050, "DS", "40").Text(0x0028_1051, "DS", "400").Text(0x0028_1052, "DS", "-1024").Text(0x0028_1053, "DS", "1").Text(0x0028_1056, "CS", "SIGMOID").Numbers(0x0028_0120, 5)
        .Items(0x5200_9230, isUndefinedLength: true, item => item.Items(0x0028_9132, isUndefinedLength: true, inner => inner.Text(0x0028_1050, "DS", "100").Text(0x0028_1051, "DS", "50")))
        .Items(0x0028_3000, isUndefinedLength: false, item => item.Numbers(0x0028_3002, 4, 0, 16).Words(0x0028_3006, 0, 10, 20, 30));

    private static DicomWriter Palette(DicomWriter writer)
    {
        for (uint channel = 0; channel < 3; channel++)
        {
            writer.Numbers(0x0028_1101 + channel, 4, 0, 16);
            _ = channel == 1 ? writer.Words(0x0028_1221 + channel, 0, 2, 10, 20, 1, 2, 100) : writer.Words(0x0028_1201 + channel, 0, 10, 20, 65535);
        }

        return writer;
    }

    private IEnumerable<byte[]> Shared()
    {
        if (SharedData.Find(Path.Combine("dicom", "README.md")) is not { } readme)
        {
            output.WriteLine("shared/data/dicom is not here: only written files were damaged.");
            return [];
        }

        return Directory.GetFiles(Path.GetDirectoryName(readme)!, "*.dcm").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(bytes => bytes.Length <= LargestSource);
    }
}
