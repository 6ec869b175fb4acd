using System.Text;
using MedTune.Graphs.Files;

namespace MedTune;

/// <summary>Files of results, which appear whole or not at all: texts are UTF-8 without a mark, with the line ends they come with.</summary>
public static class ResultFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text, replacing a file of that name.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="text">What it shall hold.</param>
    /// <exception cref="IOException">The file cannot be written; nothing of it is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(string path, string text) => Write(path, writer => writer.Write(text));

    /// <summary>Writes a text piece by piece, with LF at the ends of lines.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the text.</param>
    /// <exception cref="IOException">The file cannot be written; nothing of it is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\n" };
            write(writer);
        });
    }

    /// <summary>Writes bytes, replacing a file of that name.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="bytes">What it shall hold.</param>
    /// <exception cref="IOException">The file cannot be written; nothing of it is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => stream.Write(bytes.Span));
    }

    /// <summary>Copies a file; onto itself is no copy.</summary>
    /// <param name="source">The file.</param>
    /// <param name="path">Where the copy shall be; its folder must exist.</param>
    /// <exception cref="IOException">A file cannot be read or written; nothing of the copy is left.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder or a file is not open.</exception>
    public static void Copy(string source, string path)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(path))
        {
            return;
        }

        AtomicFile.Write(path, stream =>
        {
            using var file = File.OpenRead(source);
            file.CopyTo(stream);
        });
    }
}
