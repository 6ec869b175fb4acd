namespace MedTune.Graphs.Files;

/// <summary>Writes a file so that its name never stands for half of it: under a temporary name first, renamed when complete.</summary>
internal static class AtomicFile
{
    /// <summary>Writes what <paramref name="write"/> puts into the stream, replacing a file of that name.</summary>
    /// <param name="path">Where the file shall be; its folder must exist.</param>
    /// <param name="write">Fills the stream.</param>
    internal static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
