using System.Globalization;
using System.Text.Json;

using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

/// <summary>The predictions and figures under tests/TestData/Evaluation.</summary>
internal static class Golden
{
    private static readonly Lazy<JsonElement> Document = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "golden.json"))).RootElement);

    public static BinaryPredictions Binary(bool withFolds = true, bool withGroups = false, string model = "p")
    {
        string[][] rows = Rows("binary.csv");
        int column = model == "p" ? 0 : 1;
        return new BinaryPredictions(
            [.. rows.Select(row => Number(row[column]))],
            [.. rows.Select(row => (int)Number(row[2]))],
            withFolds ? [.. rows.Select(row => (int)Number(row[3]))] : null,
            withGroups ? [.. rows.Select(row => (int)Number(row[4]))] : null);
    }

    public static MulticlassPredictions Multiclass(bool withGroups = false)
    {
        string[][] rows = Rows("multiclass.csv");
        return new MulticlassPredictions(
            [.. rows.SelectMany(row => row.Take(4).Select(Number))],
            [.. rows.Select(row => (int)Number(row[4]))],
            ["none", "mild", "moderate", "severe"],
            null,
            withGroups ? [.. rows.Select(row => (int)Number(row[5]))] : null);
    }

    /// <summary>The numbers of one figure.</summary>
    public static double[] Values(string part, string name) =>
        [.. Document.Value.GetProperty(part).GetProperty(name).EnumerateArray().Select(element => element.GetDouble())];

    /// <summary>The rows of a table of figures.</summary>
    public static IEnumerable<double[]> Table(string part, string name) =>
        Document.Value.GetProperty(part).GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(element => element.GetDouble()).ToArray());

    /// <summary>The rows of a file of numbers.</summary>
    public static IEnumerable<double[]> Numbers(string file) => Rows(file).Select(row => row.Select(Number).ToArray());

    /// <summary>Asserts equality within an absolute and relative 1e-9, or the tolerance given.</summary>
    public static void Near(double expected, double actual, double tolerance = 1e-9) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)),
            string.Create(CultureInfo.InvariantCulture, $"expected {expected:R}, found {actual:R}"));

    /// <summary>The cells of a file without its header.</summary>
    public static string[][] Rows(string file) => [.. File.ReadLines(Path.Combine(Folder(), file)).Skip(1).Select(line => line.Split(','))];

    /// <summary>A number in the invariant culture.</summary>
    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "TestData", "Evaluation");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        throw new DirectoryNotFoundException("tests/TestData/Evaluation was not found above the test's own folder.");
    }
}
