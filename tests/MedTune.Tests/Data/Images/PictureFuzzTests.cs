using System.Diagnostics;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>Mutated pictures, archives and volumes are read or refused: no crash, no other exception, no long wait.</summary>
public sealed class PictureFuzzTests(ITestOutputHelper output)
{
    private const int Each = 1500;

    [Fact]
    public void Decode_MutatedPictures_AreReadOrRefused()
    {
        if (!NativeLibraries.Has(NativeLibraries.Vips))
        {
            output.WriteLine("Left out: libvips42 is not installed.");
            return;
        }

        var seeds = new List<byte[]> { PngFile.Write(40, 30, 3, 8, (x, y, channel) => (x * y) + channel), PngFile.Write(17, 9, 1, 16, (x, y, _) => x * y * 111) };
        if (SharedImages.Find("images/cxr_pediatric_224/img") is { } folder)
        {
            seeds.AddRange(Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Take(2).Select(File.ReadAllBytes));
        }

        Run(seeds, 1, data => PictureReader.Decode(data, 0, "a"));
    }

    [Fact]
    public void Read_MutatedArchives_AreReadOrRefused() => Run(
        [
            NpzFile.Write(("train_images", "|u1", [4, 6, 6], new byte[144]), ("train_labels", "<i8", [4, 1], new byte[32])),
            NpzFile.Write(("test_images", "|u1", [2, 3, 3, 3], new byte[54]), ("test_labels", "|u1", [2, 2], [1, 0, 1, 1])),
        ],
        2,
        data =>
        {
            using var stream = new MemoryStream(data);
            _ = MedMnistFile.Read(stream, "a");
        });

    [Fact]
    public void Open_MutatedVolumes_AreReadOrRefused() => Run(
        [NiftiVolumeTests.Volume(4, false, 1, 0), NiftiVolumeTests.Volume(16, true, 2, 1)],
        3,
        data =>
        {
            using var stream = new MemoryStream(data);
            var volume = NiftiVolume.Open(stream, "a");
            _ = volume.Slice(volume.Slices - 1);
        });

    private void Run(List<byte[]> seeds, ulong stream, Action<byte[]> read)
    {
        (int done, int refused, var slowest) = (0, 0, TimeSpan.Zero);
        for (int n = 0; n < Each; n++)
        {
            byte[] data = Mutated(seeds[n % seeds.Count], new Philox(17, RandomPurpose.Search, (stream << 32) + (ulong)n));
            var watch = Stopwatch.StartNew();
            try
            {
                read(data);
                done++;
            }
            catch (DataException refusal)
            {
                refused++;
                Assert.InRange(refusal.Message.Length, 20, 400);
                Assert.DoesNotContain('\n', refusal.Message);
            }

            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        output.WriteLine($"{done} read, {refused} refused, slowest {slowest.TotalMilliseconds:F0} ms");
        Assert.True(refused > Each / 20, $"Only {refused} of {Each} mutated files were refused.");
        Assert.True(slowest < TimeSpan.FromSeconds(20), $"A file took {slowest.TotalSeconds:F0} s.");
    }

    private static byte[] Mutated(byte[] sound, Philox random)
    {
        byte[] data = [.. sound];
        int changes = 1 + random.Below(6, 0);
        for (int i = 0; i < changes; i++)
        {
            int at = random.Below(random.Below(3, (ulong)(10 * i) + 1) == 0 ? Math.Min(data.Length, 400) : data.Length, (ulong)(10 * i) + 2);
            data[at] = (byte)random.Below(256, (ulong)(10 * i) + 3);
        }

        return random.Below(4, 90) == 0 ? data[..random.Below(data.Length, 91)] : data;
    }
}
