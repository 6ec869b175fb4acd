using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MedTune.Data;

namespace MedTune.Training;

/// <summary>The finished fits of a run, kept on disk so that a stopped run goes on where it was, with the same bits.</summary>
/// <remarks>
/// An append-only file: a header with the digest of what is being computed (data and plan), then one record per finished fit, packed, with its
/// length and a checksum. A record cut short by a crash is dropped when the journal is opened. Safe to use from several threads.
/// </remarks>
public sealed class FitJournal : IDisposable
{
    private const string FileName = "fits.journal";
    private const int DigestLength = 32;
    private const int ChecksumLength = 8;
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("MedTune fits 2\n");

    private readonly Dictionary<string, FitRecord> _finished = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly FileStream? _file;
    private readonly string? _folder;

    private FitJournal(string? folder, FileStream? file)
    {
        _folder = folder;
        _file = file;
    }

    /// <summary>Number of fits that were found finished or have been finished since.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _finished.Count;
            }
        }
    }

    /// <summary>A journal that remembers only while the process lives.</summary>
    public static FitJournal InMemory() => new(null, null);

    /// <summary>Opens the journal of a folder, or starts one.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="identity">What the fits belong to: 32 bytes over data and plan.</param>
    /// <exception cref="DataException">The folder holds the journal of other data or another plan, or its journal cannot be opened.</exception>
    public static FitJournal Open(string folder, ReadOnlySpan<byte> identity)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(identity.Length, DigestLength, nameof(identity));
        var file = OpenFile(folder);
        var journal = new FitJournal(folder, file);
        try
        {
            journal.ReadOrBegin(identity);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return journal;
    }

    /// <summary>Whether the journal of a folder holds more than its beginning.</summary>
    public static bool HoldsFits(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, FileName));
        return file.Exists && file.Length > Magic.Length + DigestLength;
    }

    /// <summary>The record of a fit, when it is finished.</summary>
    public bool TryGet(string key, out FitRecord? record)
    {
        lock (_lock)
        {
            return _finished.TryGetValue(key, out record);
        }
    }

    /// <summary>The record of a fit: found, or computed now and kept.</summary>
    /// <param name="key">Names the fit within the run, such as <c>outer 2/inner 0/perceptron</c>.</param>
    /// <param name="fit">Computes it; receives where to keep its own progress.</param>
    public FitRecord GetOrFit(string key, Func<FitProgressFile, FitRecord> fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (TryGet(key, out var found))
        {
            return found!;
        }

        var progress = new FitProgressFile(_folder, key);
        var record = fit(progress);
        Append(key, record);
        progress.Delete();
        return record;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private static FileStream OpenFile(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (File.Exists(folder) || Directory.Exists(path))
        {
            throw new DataException($"The checkpoint in '{folder}' is damaged; delete it, and training starts over.");
        }

        Directory.CreateDirectory(folder);
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    }

    private void Append(string key, FitRecord record)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(key);
            record.Write(writer);
        }

        byte[] framed = _file is null ? [] : Framed(PackedRecord.Pack(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        lock (_lock)
        {
            _finished[key] = record;
            if (_file is null)
            {
                return;
            }

            // One write call per record: a crash leaves at most one incomplete record, at the end.
            _file.Write(framed);
            _file.Flush();
        }
    }

    private static byte[] Framed(byte[] payload)
    {
        var bytes = new byte[sizeof(int) + payload.Length + ChecksumLength];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, payload.Length);
        payload.CopyTo(bytes, sizeof(int));
        SHA256.HashData(payload).AsSpan(0, ChecksumLength).CopyTo(bytes.AsSpan(sizeof(int) + payload.Length));
        return bytes;
    }

    private void ReadOrBegin(ReadOnlySpan<byte> identity)
    {
        var file = _file!;
        if (file.Length < Magic.Length + DigestLength)
        {
            file.SetLength(0);
            file.Write(Magic);
            file.Write(identity);
            file.Flush();
            return;
        }

        var header = new byte[Magic.Length + DigestLength];
        file.ReadExactly(header);
        if (!header.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new DataException($"'{file.Name}' is not a checkpoint of this version of MedTune; delete it, and training starts over.");
        }

        if (!header.AsSpan(Magic.Length).SequenceEqual(identity))
        {
            throw new DataException($"'{file.Name}' belongs to other data or another plan; give those that the run began with, or delete it, and training starts over.");
        }

        long end = file.Position;
        while (TryReadRecord(file, out string? key, out var record))
        {
            _finished[key!] = record!;
            end = file.Position;
        }

        file.SetLength(end);
        file.Position = end;
    }

    private static bool TryReadRecord(FileStream file, out string? key, out FitRecord? record)
    {
        key = null;
        record = null;
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        if (file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length is < 1 or > PackedRecord.Longest || file.Length - file.Position < length + ChecksumLength)
        {
            return false;
        }

        var payload = new byte[length];
        file.ReadExactly(payload);
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        file.ReadExactly(checksum);
        if (!SHA256.HashData(payload).AsSpan(0, ChecksumLength).SequenceEqual(checksum) || PackedRecord.Unpack(payload) is not { } unpacked)
        {
            return false;
        }

        using var reader = new BinaryReader(new MemoryStream(unpacked), Encoding.UTF8);
        key = reader.ReadString();
        record = FitRecord.Read(reader);
        return true;
    }
}
