namespace MedTune.Data.Genes;

/// <summary>Opens a file of genes as a stream of its content, however it is packed.</summary>
internal sealed class GeneFile : IDisposable
{
    private readonly Stream _file;

    private GeneFile(Stream file, Stream content, Packing packing, string where)
    {
        (_file, Content, Packing, Where, Bytes) = (file, content, packing, where, file.Length);
    }

    /// <summary>The content.</summary>
    public Stream Content { get; }

    /// <summary>How the file is packed.</summary>
    public Packing Packing { get; }

    /// <summary>How messages name the file.</summary>
    public string Where { get; }

    /// <summary>The packed length.</summary>
    public long Bytes { get; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double Progress => Bytes == 0 || !_file.CanRead ? 1 : Math.Clamp((double)_file.Position / Bytes, 0, 1);

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataException">It is not there, empty, or cut short.</exception>
    public static GeneFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), Path.GetFileName(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataException($"{path}: cannot be read; check that it is there and that you may read it.", failure);
        }
    }

    /// <summary>Opens a stream that can seek.</summary>
    /// <exception cref="DataException">It is empty or cut short.</exception>
    public static GeneFile Open(Stream file, string where)
    {
        byte[] start = new byte[512];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (length == 0)
        {
            file.Dispose();
            throw new DataException($"{where}: is empty: get the file again from where it came from.");
        }

        var packing = BgzfFormat.IsBlock(start.AsSpan(0, length)) ? Packing.Bgzf
            : length >= 2 && start[0] == 0x1F && start[1] == 0x8B ? Packing.Gzip
            : Packing.None;
        try
        {
            return new GeneFile(file, packing switch
            {
                Packing.Bgzf => new BgzfStream(file, where),
                Packing.Gzip => new CheckedGzipStream(file, where),
                _ => file,
            }, packing, where);
        }
        catch (DataException)
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }
}
