namespace MedTune.Cli.Output;

/// <summary>Writes lines of a CSV file (RFC 4180: fields with separators, quotes or line breaks in quotes).</summary>
internal static class CsvLine
{
    public static void Write(TextWriter writer, IEnumerable<string> fields) => writer.Write(string.Join(',', fields.Select(Quote)) + "\n");

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 && !field.StartsWith(' ') && !field.EndsWith(' ')
            ? field
            : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
