using System.Buffers.Binary;
using System.IO.Compression;
using MedTune.Data;
using MedTune.Data.Images;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>NIfTI volumes: values, slices and orientation, packed or not, in both byte orders.</summary>
public sealed class NiftiVolumeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(4, false, false)]
    [InlineData(4, true, true)]
    [InlineData(16, false, true)]
    [InlineData(512, true, false)]
    [InlineData(2, false, false)]
    public void Open_EachTypeAndOrder_GivesScaledValues(int type, bool isBig, bool isPacked)
    {
        byte[] file = Volume(type, isBig, slope: 2, intercept: -1);
        var volume = Open(isPacked ? Gzip(file) : file);
        Assert.Equal([3L, 2L, 2L], volume.Header.Lengths.AsEnumerable());
        Assert.Equal(2, volume.Slices);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (i * 2.0) - 1), Enumerable.Range(0, 12).Select(i => volume[i]));
        var slice = volume.Slice(1);
        Assert.Equal((3, 2, -1f, 21f), (slice.Width, slice.Height, slice.Low, slice.High));
        Assert.Equal([11f, 13f, 15f, 17f, 19f, 21f], slice.Samples);
    }

    [Theory]
    [InlineData(1, 0, "RAS")]
    [InlineData(-1, 0, "LAS")]
    [InlineData(0, 1, "RAS")]
    [InlineData(0, 0, "???")]
    public void Orientation_FromEachMatrix_NamesWhereTheAxesPoint(int affine, int quaternion, string expected)
    {
        byte[] file = Volume(2, false, 1, 0);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(252), (short)quaternion);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(254), (short)Math.Abs(affine));
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(280), affine);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(300), 1);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(320), 1);
        Assert.Equal(expected, Open(file).Header.Orientation);
    }

    [Fact]
    public void Open_BrokenHeaders_AreRefused()
    {
        byte[] sound = Volume(4, false, 1, 0);
        Assert.Contains("is no NIfTI file", Refusal(new byte[400]), StringComparison.Ordinal);
        Assert.Contains("is cut short", Refusal(sound[..^1]), StringComparison.Ordinal);
        Assert.Contains("no plain numbers", Refusal(Changed(sound, 70, 128)), StringComparison.Ordinal);
        Assert.Contains("disagree", Refusal(Changed(sound, 72, 8)), StringComparison.Ordinal);
        Assert.Contains("number of axes", Refusal(Changed(sound, 40, 9)), StringComparison.Ordinal);
        Assert.Contains("cannot be", Refusal(Changed(sound, 42, -5)), StringComparison.Ordinal);
        Assert.Contains("second file", Refusal([.. sound[..345], (byte)'i', .. sound[346..]]), StringComparison.Ordinal);
        static string Refusal(byte[] file) => Assert.Throws<DataException>(() => Open(file)).Message;
    }

    [Fact]
    public void Open_SharedVolume_HasTheStatedValues()
    {
        if (SharedImages.Find("nifti/example4d.nii.gz") is not { } path)
        {
            output.WriteLine("Left out: the shared NIfTI volume is not there.");
            return;
        }

        var volume = NiftiVolume.Open(path);
        Assert.Equal([128L, 96L, 24L, 2L], volume.Header.Lengths.AsEnumerable());
        Assert.Equal("LAS", volume.Header.Orientation);
        Assert.Equal([2.0, 2.0, 2.2, 2000.0], volume.Header.Spacing.Select(distance => Math.Round(distance, 3)));
        Assert.Equal((0.0, 1162.0), volume.Extremes());
        double sum = 0;
        for (long i = 0; i < volume.Header.Count; i++)
        {
            sum += volume[i];
        }

        Assert.Equal(172.9081, sum / volume.Header.Count, 4);
    }

    internal static byte[] Volume(int type, bool isBig, float slope, float intercept)
    {
        int size = type switch { 2 => 1, 16 => 4, _ => 2 };
        byte[] file = new byte[352 + (12 * size)];
        Short(40, 3);
        Short(42, 3);
        Short(44, 2);
        Short(46, 2);
        Short(70, type);
        Short(72, size * 8);
        Int(0, 348);
        Int(108, BitConverter.SingleToInt32Bits(352));
        Int(112, BitConverter.SingleToInt32Bits(slope));
        Int(116, BitConverter.SingleToInt32Bits(intercept));
        "n+1"u8.CopyTo(file.AsSpan(344));
        for (int i = 0; i < 12; i++)
        {
            switch (size)
            {
                case 1:
                    file[352 + i] = (byte)i;
                    break;
                case 2:
                    Short(352 + (2 * i), i);
                    break;
                default:
                    Int(352 + (4 * i), BitConverter.SingleToInt32Bits(i));
                    break;
            }
        }

        return file;

        void Short(int at, int value)
        {
            if (isBig)
            {
                BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(at), (short)value);
            }
            else
            {
                BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(at), (short)value);
            }
        }

        void Int(int at, int value)
        {
            if (isBig)
            {
                BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at), value);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
            }
        }
    }

    private static byte[] Changed(byte[] file, int at, short value)
    {
        byte[] changed = [.. file];
        BinaryPrimitives.WriteInt16LittleEndian(changed.AsSpan(at), value);
        return changed;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static NiftiVolume Open(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return NiftiVolume.Open(stream, "a.nii");
    }
}
