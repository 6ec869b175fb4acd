using System.Text.Json;
using MedTune.Data;

namespace MedTune.Tests.Data;

/// <summary>The real tables beside the repository, where they are present.</summary>
internal static class SharedTables
{
    /// <summary>The folder of the tables, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The tasks of datasets.json; empty where the folder is absent.</summary>
    public static IReadOnlyList<SharedTask> Tasks { get; } = Load();

    public static SharedTask? Task(string name) => Tasks.FirstOrDefault(task => task.Name == name);

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "tabular");
            if (File.Exists(Path.Combine(candidate, "datasets.json")))
            {
                return candidate;
            }
        }

        return null;
    }

    private static List<SharedTask> Load()
    {
        if (Folder is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "datasets.json")));
        return [.. document.RootElement.GetProperty("datasets").EnumerateArray().Select(entry => Read(entry, Folder))];
    }

    private static SharedTask Read(JsonElement entry, string folder)
    {
        string[] Strings(string name) => [.. entry.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
        string column = entry.GetProperty("target").GetString()!;
        JsonElement positive = entry.GetProperty("positive");
        string target = positive.TryGetProperty("gt", out JsonElement limit) ? $"{column}>{limit.GetRawText()}"
            : positive.TryGetProperty("regex", out JsonElement regex) ? $"{column} matches {regex.GetString()}"
            : $"{column} in {string.Join(",", positive.GetProperty("in").EnumerateArray().Select(value => $"'{value.GetString()}'"))}";
        string? patient = null;
        if (entry.TryGetProperty("group", out JsonElement group))
        {
            patient = group.GetProperty("column").GetString();
            patient += group.TryGetProperty("regex", out JsonElement pattern) ? ":" + pattern.GetString() : "";
        }

        return new SharedTask(
            entry.GetProperty("name").GetString()!,
            Path.Combine(folder, entry.GetProperty("file").GetString()!),
            Path.Combine(folder, entry.GetProperty("folds").GetString()!),
            new DatasetOptions
            {
                Target = target,
                Missing = [.. Strings("missing")],
                Drop = [.. Strings("drop")],
                Categorical = [.. Strings("categorical")],
                Patient = patient,
            });
    }
}

internal sealed record SharedTask(string Name, string File, string Folds, DatasetOptions Options);
