using MedTune.Tests.House;

namespace MedTune.Tests.Data.Images;

/// <summary>The shared folders of pictures, where they are.</summary>
internal static class SharedImages
{
    /// <summary>The path of a file or folder below the shared data, or null where it is not there.</summary>
    public static string? Find(string name)
    {
        string path = Path.GetFullPath(Path.Combine(Repository.PathOf("."), "..", "shared", "data", name));
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }
}
