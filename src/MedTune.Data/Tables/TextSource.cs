using System.IO.Compression;
using System.Text;

namespace MedTune.Data;

/// <summary>A table file that can be opened again and again as one stream of UTF-8 text.</summary>
internal sealed class TextSource
{
    private const long LargeText = 1L << 30;
    private const int GreatestGrowth = 200;

    private readonly string _path;
    private readonly string _name;
    private bool _isOversized;

    private TextSource(string path, string name)
    {
        _path = path;
        _name = name;
    }

    /// <summary>What messages call the file.</summary>
    public string Name => _name;

    /// <summary>How the file is compressed.</summary>
    public Compression Compression { get; private set; }

    /// <summary>The encoding, by the names of <see cref="TextEncoding"/>.</summary>
    public string Encoding { get; private set; } = TextEncoding.Utf8;

    /// <summary>Whether a byte order mark stands at the start.</summary>
    public bool HasByteOrderMark { get; private set; }

    /// <summary>Looks at the whole file once and says how to read it.</summary>
    /// <exception cref="DataException">There is no such file, it cannot be read, or it is no text.</exception>
    public static TextSource Open(string path, string? encoding)
    {
        string name = $"The file '{path}'";
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new DataException("No file was named: give the path of a CSV file.");
        }

        if (Directory.Exists(path))
        {
            throw new DataException($"'{path}' is a directory: give the path of a CSV file.");
        }

        if (!File.Exists(path))
        {
            throw new DataException($"There is no file '{path}'.");
        }

        var source = new TextSource(path, name);
        string? stated = encoding is null ? null : TextEncoding.Parse(encoding);
        source.Guarded(() => source.Scan(stated));
        return source;
    }

    /// <summary>The text from the start, as UTF-8 (a byte order mark may stand first).</summary>
    public Stream OpenUtf8()
    {
        Stream stream = OpenDecompressed();
        return Encoding == TextEncoding.Utf8
            ? stream
            : System.Text.Encoding.CreateTranscodingStream(stream, TextEncoding.Strict(Encoding), new UTF8Encoding(false));
    }

    /// <summary>Runs what reads the file, turning failures of the file into sentences.</summary>
    /// <exception cref="DataException">The file cannot be read to its end.</exception>
    public void Guarded(Action read)
    {
        try
        {
            read();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataException($"{_name} may not be read: ask for the permission, or copy it to a folder of your own.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataException($"{_name} was taken as {Encoding}, but holds bytes that are not: save it as UTF-8, or name its encoding with --encoding.", e);
        }
        catch (InvalidDataException e) when (Compression == Compression.Gzip)
        {
            throw new DataException($"{_name} is damaged: its gzip compression is broken; copy it again.", e);
        }
        catch (IOException e)
        {
            throw new DataException($"{_name} cannot be read to its end (the disk or the network failed, or it is open elsewhere): copy it and try again.", e);
        }
    }

    private void Scan(string? stated)
    {
        Span<byte> magic = stackalloc byte[2];
        using (FileStream file = OpenFile())
        {
            if (!file.CanSeek)
            {
                throw new DataException($"{_name} is a pipe, and a table is read twice: write it into a file first, and give that file.");
            }

            bool isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
            Compression = isGzip ? Compression.Gzip : Compression.None;
        }

        TextScan scan;
        try
        {
            using FileStream file = OpenFile();
            using Stream text = Compression == Compression.Gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            scan = TextScan.Of(text, _name, stated, reached => CheckSize(reached, file.Position));
        }
        catch (DataException) when (Compression == Compression.Gzip && !_isOversized && !IsWhole())
        {
            // A cut file can end anywhere, even in the middle of a character: the cut is what to report.
            throw CutOff();
        }

        if (Compression == Compression.Gzip && !IsWhole(scan))
        {
            throw CutOff();
        }

        Encoding = scan.Encoding;
        HasByteOrderMark = scan.HasByteOrderMark;
    }

    // What is too large is refused on the way, before the gigabytes behind it are read. Text seldom shrinks to less than a hundredth;
    // what was made to fill a machine shrinks to a thousandth.
    private void CheckSize(TextScan reached, long packed)
    {
        _isOversized = reached.LineLength > CsvRecords.MaximumRecordBytes;
        if (_isOversized)
        {
            throw new DataException(
                $"{_name} has a line of more than {CsvRecords.MaximumRecordBytes >> 20} MiB (line {reached.Line}): a field may hold 1 MiB at most; look for line ends that are missing or a quote that is never closed.");
        }

        _isOversized = Compression == Compression.Gzip && reached.Length > LargeText && reached.Length / GreatestGrowth > packed;
        if (_isOversized)
        {
            throw new DataException($"{_name} unpacks to more than {GreatestGrowth} times its size, which no table of patients does: it is damaged, or made to do harm.");
        }
    }

    private DataException CutOff() =>
        new($"{_name} is cut off or damaged: its gzip checksum does not fit; copy it again.");

    private bool IsWhole(TextScan scan)
    {
        using FileStream file = OpenFile();
        return GzipMembers.EndsWithTrailerOf(file, scan.Checksum, scan.Length) || GzipMembers.AreWhole(file);
    }

    private bool IsWhole()
    {
        using FileStream file = OpenFile();
        return GzipMembers.AreWhole(file);
    }

    private Stream OpenDecompressed()
    {
        FileStream file = OpenFile();
        return Compression == Compression.Gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private FileStream OpenFile() =>
        new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
}
