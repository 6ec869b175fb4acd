using System.Security;

namespace MedTune.Graphs.Files;

/// <summary>Reads a file into memory, with one sentence for everything that can stand in the way.</summary>
internal static class WholeFile
{
    /// <summary>The bytes of a file on disk.</summary>
    internal static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new InvalidGraphException($"'{path}' is a folder; name the model file inside it.");
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return Read(stream);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidGraphException($"There is no file '{path}'; check the path.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or SecurityException)
        {
            throw new InvalidGraphException($"The file '{path}' cannot be read; check its permissions and that no other program holds it open.", error);
        }
    }

    /// <summary>The bytes from here to the end of a stream.</summary>
    internal static byte[] Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek)
        {
            long length = stream.Length - stream.Position;
            var bytes = new byte[length <= Array.MaxLength ? length : throw TooLarge()];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[1 << 16];
        for (int read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
        {
            if (buffer.Length + read > Array.MaxLength)
            {
                throw TooLarge();
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static InvalidGraphException TooLarge() =>
        new("The file is larger than 2 GB; save the model with its weights in a data file beside it.");
}
