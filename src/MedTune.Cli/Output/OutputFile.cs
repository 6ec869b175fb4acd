using MedTune.Data;

namespace MedTune.Cli.Output;

/// <summary>Whether a file can be written where a person wants it, asked before any work is done for it.</summary>
internal static class OutputFile
{
    // Renaming a finished file onto a device would put a plain file in the device's place.
    private const string Devices = "/dev/";
    private const string MemoryFiles = "/dev/shm/";

    /// <summary>Refuses a path before any work is done for it.</summary>
    /// <exception cref="DataException">The path is a folder or a device, its folder does not exist, or nothing can be written there.</exception>
    public static void Check(string path, string option)
    {
        if (path.Length == 0)
        {
            throw new ArgumentsException($"{option} needs the name of a file.");
        }

        if (Directory.Exists(path))
        {
            throw new DataException($"{option} '{path}' is a folder; give the name of a file in it.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
        {
            throw new DataException($"The folder of {option} '{path}' does not exist; create it first.");
        }

        string full = Path.GetFullPath(path);
        if (full.StartsWith(Devices, StringComparison.Ordinal) && !full.StartsWith(MemoryFiles, StringComparison.Ordinal))
        {
            throw new DataException($"{option} '{path}' is a device; give the name of a file.");
        }

        if (!WriteProbe.Allows(full))
        {
            throw new DataException($"{option} '{path}' cannot be written there; give a place you may write to.");
        }
    }
}
