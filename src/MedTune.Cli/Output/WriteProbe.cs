namespace MedTune.Cli.Output;

/// <summary>Asks the file system itself whether a file can be made: permissions, read-only disks and names that are too long all answer alike.</summary>
internal static class WriteProbe
{
    /// <summary>Whether a file beside this path, with a name as long as its temporary one, can be made. It is gone again at once.</summary>
    public static bool Allows(string path)
    {
        try
        {
            using var probe = new FileStream(
                $"{path}.{Path.GetRandomFileName()}", FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }
}
