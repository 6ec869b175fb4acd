using MedTune.Data;

namespace MedTune.Cli.Output;

/// <summary>Writes lines of a CSV file.</summary>
internal static class CsvLine
{
    public static void Write(TextWriter writer, IEnumerable<string> fields) => writer.Write(string.Join(',', fields.Select(CsvField.Of)) + "\n");
}
