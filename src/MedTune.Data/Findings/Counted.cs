using System.Globalization;

namespace MedTune.Data;

/// <summary>Numbers of things in sentences.</summary>
internal static class Counted
{
    /// <summary>"1 picture", "8 pictures", "8 pictures have": the words after the number follow it.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The words for one.</param>
    /// <param name="many">The words for none or several; the one with an s by default.</param>
    public static string Of(int count, string one, string? many = null) => $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";
}
