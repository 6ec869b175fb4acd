using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MedTune.Data;

namespace MedTune.TabularBenchmark;

/// <summary>One entry of <c>datasets.json</c>, as far as a user would say it on the command line.</summary>
internal sealed record TaskEntry(string Name, string File, string Folds, DatasetOptions Options)
{
    /// <summary>Reads all entries in their order.</summary>
    public static ImmutableArray<TaskEntry> ReadAll(string folder)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(folder, "datasets.json")));
        return [.. document.RootElement.GetProperty("datasets").EnumerateArray().Select(entry => Read(entry, folder))];
    }

    private static TaskEntry Read(JsonElement entry, string folder)
    {
        var (target, positive) = TargetOf(entry.GetProperty("target").GetString()!, entry.GetProperty("positive"));
        return new TaskEntry(
            entry.GetProperty("name").GetString()!,
            Path.Combine(folder, entry.GetProperty("file").GetString()!),
            Path.Combine(folder, entry.GetProperty("folds").GetString()!),
            new DatasetOptions
            {
                Target = target,
                Positive = positive,
                Drop = [.. Texts(entry, "drop").Except(PatientColumn(entry), StringComparer.Ordinal)],
                Categorical = Texts(entry, "categorical"),
                Missing = Texts(entry, "missing"),
                Patient = PatientOf(entry),
            });
    }

    private static (string Target, string? Positive) TargetOf(string column, JsonElement positive)
    {
        if (positive.TryGetProperty("gt", out var limit))
        {
            return ($"{column}>{limit.GetDouble().ToString(CultureInfo.InvariantCulture)}", null);
        }

        if (positive.TryGetProperty("regex", out var pattern))
        {
            return ($"{column} matches {pattern.GetString()}", null);
        }

        string[] values = [.. positive.GetProperty("in").EnumerateArray().Select(value => value.GetString()!)];
        return values.Length == 1
            ? (column, values[0])
            : ($"{column} in {string.Join(",", values.Select(value => $"'{value}'"))}", null);
    }

    private static string? PatientOf(JsonElement entry)
    {
        if (!entry.TryGetProperty("group", out var group))
        {
            return null;
        }

        string column = group.GetProperty("column").GetString()!;
        return group.TryGetProperty("regex", out var pattern) ? $"{column}:{pattern.GetString()}" : column;
    }

    private static string[] PatientColumn(JsonElement entry) =>
        entry.TryGetProperty("group", out var group) ? [group.GetProperty("column").GetString()!] : [];

    private static ImmutableArray<string> Texts(JsonElement entry, string name) =>
        [.. entry.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
}
