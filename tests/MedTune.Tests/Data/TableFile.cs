using System.IO.Compression;
using System.Text;
using MedTune.Data;

namespace MedTune.Tests.Data;

/// <summary>A table written to a temporary file, which goes away with this.</summary>
internal sealed class TableFile : IDisposable
{
    public TableFile(byte[] content, bool isGzip = false)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"medtune-{Guid.NewGuid():N}.csv");
        File.WriteAllBytes(Path, isGzip ? Gzip(content) : content);
    }

    public TableFile(string text, Encoding? encoding = null, bool isGzip = false)
        : this((encoding ?? new UTF8Encoding(false)).GetBytes(text), isGzip)
    {
    }

    public string Path { get; }

    public static Table Read(string text, TableReadOptions? options = null)
    {
        using var file = new TableFile(text);
        return TableReader.Read(file.Path, options);
    }

    public static Dataset Dataset(string text, DatasetOptions options)
    {
        using var file = new TableFile(text);
        return MedTune.Data.Dataset.From(TableReader.Read(file.Path, options.Read), options);
    }

    public static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return memory.ToArray();
    }

    public void Dispose() => File.Delete(Path);
}
