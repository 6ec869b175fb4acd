namespace MedTune.Tests;

/// <summary>Real data beside the repository, where a machine has them; tests that need them pass without.</summary>
internal static class SharedData
{
    /// <summary>The path of a file under <c>shared/data</c>, or null.</summary>
    public static string? Find(string relative) => Find("data", relative);

    /// <summary>The path of a pretrained model under <c>shared/models</c>, or null.</summary>
    public static string? FindModel(string name) => Find("models", name);

    private static string? Find(string part, string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", part, relative);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
