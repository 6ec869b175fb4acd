using MedTune.Tests.House;

namespace MedTune.Tests.Data.Genes;

/// <summary>The shared gene files, where they are.</summary>
internal static class SharedGenes
{
    /// <summary>The path of a file or folder below the shared data, or null where it is not there.</summary>
    public static string? Find(string name)
    {
        string path = Path.GetFullPath(Path.Combine(Repository.PathOf("."), "..", "shared", "data", "genes", name));
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }
}
