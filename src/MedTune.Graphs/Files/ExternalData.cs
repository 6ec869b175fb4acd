using System.Globalization;
using System.Security;
using MedTune.Tensors;

namespace MedTune.Graphs.Files;

/// <summary>Tensor data in files beside the model. A model may only name files inside its own folder, and no more bytes than they have.</summary>
internal sealed class ExternalData
{
    private readonly string _folder;

    /// <summary>Bytes not yet claimed, by file: regions that overlap again and again could otherwise ask for any amount of memory.</summary>
    private readonly Dictionary<string, long> _unclaimed = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, long Offset, ElementType Type, Shape Shape), Tensor> _known = [];

    /// <summary>Looks in the folder of the model file.</summary>
    internal ExternalData(string folder) => _folder = Path.GetFullPath(folder);

    /// <summary>Reads one tensor.</summary>
    /// <param name="entries">The keys <c>location</c>, <c>offset</c> and <c>length</c> of the tensor.</param>
    /// <param name="type">A type of fixed size.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="where">The tensor, for messages.</param>
    internal Tensor Read(SortedDictionary<string, string> entries, ElementType type, Shape shape, string where)
    {
        if (!entries.TryGetValue("location", out string? location) || location.Length == 0)
        {
            throw new InvalidGraphException($"{where} lies in another file, but the model does not name it.");
        }

        string path = Locate(location, where);
        long bytes = (long)shape.Length * type.SizeInBytes();
        long offset = Number(entries, "offset", 0, where);
        if (Number(entries, "length", bytes, where) != bytes || bytes > Array.MaxLength)
        {
            throw new InvalidGraphException($"{where} of shape {shape} needs {bytes} bytes; the model declares another length for it.");
        }

        if (_known.TryGetValue((path, offset, type, shape), out var known))
        {
            return known;
        }

        var tensor = OnnxTensorReader.FromRaw(type, shape, Load(path, offset, bytes, where), where);
        _known[(path, offset, type, shape)] = tensor;
        return tensor;
    }

    private static long Number(SortedDictionary<string, string> entries, string key, long otherwise, string where)
    {
        if (!entries.TryGetValue(key, out string? text))
        {
            return otherwise;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new InvalidGraphException($"{where} has an external {key} that is not a whole number of bytes.");
    }

    private string Locate(string location, string where)
    {
        // Both slashes, colons and drive letters are looked at on every platform: what is refused must not depend on where the file is opened.
        string[] parts = location.Split('/', '\\');
        bool isSafe = !Path.IsPathRooted(location) && !location.Contains(':', StringComparison.Ordinal) && !location.Contains('\0', StringComparison.Ordinal);
        foreach (string part in parts)
        {
            isSafe &= part.Length > 0 && part != "..";
        }

        if (!isSafe)
        {
            throw new InvalidGraphException($"{where} points at a file outside the folder of the model; only files inside that folder are read.");
        }

        string path = _folder;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new InvalidGraphException($"{where} points at a link; put the data file itself beside the model.");
            }
        }

        return path;
    }

    private byte[] Load(string path, long offset, long bytes, string where)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            if (!_unclaimed.TryGetValue(path, out long unclaimed))
            {
                unclaimed = file.Length;
            }

            if (offset > file.Length || bytes > file.Length - offset)
            {
                throw new InvalidGraphException($"{where} needs {bytes} bytes at offset {offset} of its data file, which has only {file.Length}.");
            }

            if (bytes > unclaimed)
            {
                throw new InvalidGraphException($"{where} and others together claim more bytes than their data file has; the model is damaged.");
            }

            _unclaimed[path] = unclaimed - bytes;
            var data = new byte[bytes];
            file.Seek(offset, SeekOrigin.Begin);
            file.ReadExactly(data);
            return data;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or SecurityException)
        {
            throw new InvalidGraphException($"{where} lies in a data file beside the model that cannot be read; copy it into the folder of the model.", error);
        }
    }
}
