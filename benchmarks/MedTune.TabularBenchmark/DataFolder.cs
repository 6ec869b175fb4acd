namespace MedTune.TabularBenchmark;

/// <summary>Finds the shared data beside the repository.</summary>
internal static class DataFolder
{
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "tabular");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
