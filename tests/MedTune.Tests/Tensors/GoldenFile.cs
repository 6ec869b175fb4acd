using System.Globalization;
using System.Runtime.CompilerServices;

namespace MedTune.Tests.Tensors;

/// <summary>Reads the tab-separated golden values beside the scripts that made them.</summary>
internal static class GoldenFile
{
    public static IEnumerable<string[]> Read(string name, [CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Folder(here), name)).Select(line => line.Split('\t'));

    /// <summary>A float written as Python's <c>float.hex</c> does: 0x1.8p+3.</summary>
    public static double Hexadecimal(string text)
    {
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> rest = text.AsSpan(negative ? 1 : 0);
        if (rest is "inf" or "0")
        {
            return rest is "0" ? 0 : negative ? double.NegativeInfinity : double.PositiveInfinity;
        }

        int p = rest.IndexOf('p');
        ReadOnlySpan<char> digits = rest[2..p];
        int point = digits.IndexOf('.');
        string whole = point < 0 ? digits.ToString() : string.Concat(digits[..point], digits[(point + 1)..]);
        int places = point < 0 ? 0 : digits.Length - point - 1;
        int exponent = int.Parse(rest[(p + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        double value = Math.ScaleB((double)ulong.Parse(whole, NumberStyles.HexNumber, CultureInfo.InvariantCulture), exponent - (4 * places));
        return negative ? -value : value;
    }

    private static string Folder(string here)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "TestData", "Tensors");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"tests/TestData/Tensors was not found above {AppContext.BaseDirectory} (asked by {Path.GetFileName(here)}).");
    }
}
