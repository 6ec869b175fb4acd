namespace MedTune;

/// <summary>One field of a CSV file (RFC 4180).</summary>
internal static class CsvField
{
    /// <summary>The text, quoted where it must be.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
