namespace MedTune.Graphs.Files;

/// <summary>Writes a file so that its name never stands for half of it: under a temporary name first, renamed when complete.</summary>
public static class AtomicFile
{
    /// <summary>The end of the temporary names; a file that is left with it belongs to a process that was killed while writing.</summary>
    public const string TemporaryEnding = ".tmp";

    /// <summary>Writes what <paramref name="write"/> puts into the stream, replacing a file of that name.</summary>
    /// <param name="path">Where the file shall be; its folder must exist.</param>
    /// <param name="write">Fills the stream.</param>
    /// <param name="survivesPowerCut">Whether the bytes are on the disk before the name is. Default: yes; no for what is written often and can be lost.</param>
    /// <exception cref="IOException">The file cannot be written; nothing of it is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not open for writing.</exception>
    public static void Write(string path, Action<Stream> write, bool survivesPowerCut = true)
    {
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}{TemporaryEnding}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(survivesPowerCut);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>Removes what is left of a failed write; a failure to do so must not hide the first one.</summary>
    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder itself went away, or is no folder: there is nothing to remove.
        }
    }
}
