using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MedTune.Tensors;
using MedTune.Tests.House;
using NpzFile = MedTune.Tests.Data.Images.NpzFile;
using PngFile = MedTune.Tests.Data.Images.PngFile;

namespace MedTune.Tests;

/// <summary>Pictures with none, one or several of three findings that can be seen (bright, lying stripes, standing stripes), and one that only two pictures have.</summary>
internal static class MadeFindings
{
    public const int Count = 130;
    public const int Side = 28;

    public static ImmutableArray<string> Names { get; } = ["bright", "lying", "rare one", "standing"];

    public static ImmutableArray<string> Learned { get; } = ["bright", "lying", "standing"];

    /// <summary>Whether a picture has a finding, by its place among the names.</summary>
    public static bool Has(int number, int finding) => finding == 2 ? number is 5 or 77 : new Philox(9, 0, (ulong)number).Uniform((ulong)finding) < 0.4;

    /// <summary>The findings of a picture as a manifest writes them.</summary>
    public static string Label(int number) => string.Join('|', Names.Where((_, finding) => Has(number, finding)));

    /// <summary>The brightness of a pixel, 0 to 255.</summary>
    public static int Pixel(int number, int x, int y)
    {
        double value = 0.05 + (0.2 * new Philox(7, 0, (ulong)number).Uniform((ulong)((y * Side) + x)));
        value += Has(number, 0) ? 0.2 : 0;
        value += Has(number, 1) && y / 3 % 2 == 0 ? 0.25 : 0;
        value += Has(number, 3) && x / 3 % 2 == 0 ? 0.25 : 0;
        return (int)(value * 255);
    }

    /// <summary>Writes pictures and their manifest; every tenth patient has two pictures.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">The manifest's folder.</param>
    /// <param name="from">The first picture.</param>
    /// <param name="count">How many.</param>
    /// <param name="label">The label of a picture; the true one by default.</param>
    /// <returns>The manifest.</returns>
    public static string Write(TemporaryFolder folder, string name = "films", int from = 0, int count = Count, Func<int, string>? label = null)
    {
        Directory.CreateDirectory(folder[name]);
        var manifest = new StringBuilder("path,label,patient_id\n");
        for (int i = from; i < from + count; i++)
        {
            int number = i;
            File.WriteAllBytes(folder[string.Create(CultureInfo.InvariantCulture, $"{name}/{i}.png")], PngFile.Write(Side, Side, 1, 8, (x, y, _) => Pixel(number, x, y)));
            manifest.Append(CultureInfo.InvariantCulture, $"{i}.png,{(label ?? Label)(i)},P{(i % 10 == 9 ? i - 1 : i)}\n");
        }

        string path = folder[name + "/manifest.csv"];
        File.WriteAllText(path, manifest.ToString());
        return path;
    }

    /// <summary>Writes an archive of the MedMNIST form with three labels a picture: 90 to learn from, 20 to check on, 30 to test on.</summary>
    public static string WriteArchive(string path)
    {
        File.WriteAllBytes(path, NpzFile.Write([.. Part("train", 0, 90), .. Part("val", 90, 20), .. Part("test", 110, 30)]));
        return path;
    }

    private static IEnumerable<(string Name, string Type, int[] Shape, byte[] Content)> Part(string name, int from, int count)
    {
        yield return ($"{name}_images", "|u1", [count, Side, Side], [.. Enumerable.Range(0, count * Side * Side).Select(i => (byte)Pixel(from + (i / (Side * Side)), i % Side, i / Side % Side))]);
        yield return ($"{name}_labels", "|u1", [count, 3], [.. Enumerable.Range(0, count * 3).Select(i => (byte)(Has(from + (i / 3), i % 3 == 2 ? 3 : i % 3) ? 1 : 0))]);
    }

    /// <summary>What asks for a training on them.</summary>
    public static TrainingRequest Request(TemporaryFolder folder, string manifest) => new()
    {
        DataPath = manifest,
        Data = new MedTune.Data.DatasetOptions(),
        Network = MadeArchive.Network(folder["tiny.onnx"]),
        Side = 32,
        Epochs = 2,
        Seed = 3,
        TimeLimit = TimeSpan.FromMinutes(10),
    };
}
