using MedTune.Graphs.Files;
using MedTune.Tests.Data.Images;

namespace MedTune.Tests;

/// <summary>An archive of striped pictures, and the tiny network to fine-tune to them.</summary>
internal static class MadeArchive
{
    private const int Side = 28;

    /// <summary>Writes the archive: the first part of each class is learned from, a sixth is checked, a sixth is tested.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">Pictures of all parts.</param>
    /// <param name="classes">Number of classes, 2 or 3.</param>
    /// <param name="flipped">Numbers of training pictures that get the next class.</param>
    public static string Write(string path, int count = 120, int classes = 2, IReadOnlySet<int>? flipped = null)
    {
        int test = count / 6;
        File.WriteAllBytes(path, NpzFile.Write(
            [.. Part("train", 0, count - (2 * test), classes, flipped), .. Part("val", count - (2 * test), test, classes, null), .. Part("test", count - test, test, classes, null)]));
        return path;
    }

    /// <summary>The network of <see cref="MadePictures"/> as a file.</summary>
    public static PretrainedNetwork Network(string path)
    {
        OnnxFile.Write(MadePictures.Network(), path);
        return PretrainedNetwork.Load(path, "tiny", MadePictures.Colours);
    }

    private static IEnumerable<(string Name, string Type, int[] Shape, byte[] Content)> Part(string name, int from, int count, int classes, IReadOnlySet<int>? flipped)
    {
        var pixels = new byte[count * Side * Side];
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            int label = (from + i) % classes;
            var picture = MadePictures.Picture(from + i, label, Side, Side);
            for (int j = 0; j < picture.Samples.Length; j++)
            {
                pixels[(i * Side * Side) + j] = (byte)picture.Samples[j];
            }

            labels[i] = (byte)(flipped?.Contains(i) == true ? (label + 1) % classes : label);
        }

        yield return ($"{name}_images", "|u1", [count, Side, Side], pixels);
        yield return ($"{name}_labels", "|u1", [count, 1], labels);
    }
}
