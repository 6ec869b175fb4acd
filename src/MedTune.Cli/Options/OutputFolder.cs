using MedTune.Cli.Output;
using MedTune.Data;

namespace MedTune.Cli.Options;

/// <summary>Where a run goes when nobody says: <c>runs/</c> and the name of the data.</summary>
internal static class OutputFolder
{
    private static readonly string[] Endings = [".gz", ".csv", ".tsv", ".txt", ".fa", ".fasta", ".fna", ".vcf", ".bcf"];

    public static string DefaultFor(string dataPath)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(dataPath));
        foreach (string ending in Endings)
        {
            name = name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        }

        return Path.Combine("runs", name.Length == 0 ? "run" : name);
    }

    /// <summary>Refuses a folder that holds something already, before any work is done.</summary>
    /// <exception cref="DataException">The folder is a file, holds a run, or is not empty.</exception>
    public static void Check(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new DataException("No folder was named; give a new or empty folder with --out.");
        }

        if (File.Exists(folder))
        {
            throw new DataException($"'{folder}' is a file; give a folder for the results with --out.");
        }

        if (!WriteProbe.Allows(Path.Combine(NearestFolder(folder), "medtune")))
        {
            throw new DataException($"The folder '{folder}' cannot be made or written to; give a place you may write to with --out.");
        }

        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return;
        }

        if (!RunFolder.IsRun(folder))
        {
            throw new DataException($"The folder '{folder}' is not empty; give a new or empty folder with --out.");
        }

        throw new DataException(RunFolder.Open(folder).ReadRecord().State == "finished"
            ? $"The folder '{folder}' holds a finished run; give another folder with --out, or remove it."
            : $"The folder '{folder}' holds a run that was stopped: 'medtune resume {ShellText.Quote(folder)}' goes on with it, or give another folder with --out.");
    }

    /// <summary>The folder, or the nearest one above it that is there already.</summary>
    private static string NearestFolder(string folder)
    {
        string nearest = Path.GetFullPath(folder);
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } above)
        {
            nearest = above;
        }

        return nearest;
    }

    /// <summary>The first of <c>name</c>, <c>name-2</c>, <c>name-3</c> ... that is free.</summary>
    public static string Free(string folder)
    {
        string candidate = folder;
        for (int number = 2; File.Exists(candidate) || (Directory.Exists(candidate) && Directory.EnumerateFileSystemEntries(candidate).Any()); number++)
        {
            candidate = $"{folder}-{number}";
        }

        return candidate;
    }
}
