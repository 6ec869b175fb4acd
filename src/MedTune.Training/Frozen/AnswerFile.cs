using System.Security.Cryptography;
using System.Text;
using MedTune.Graphs.Files;

namespace MedTune.Training;

/// <summary>
/// A file of kept answers: a header that names the prefix, then records of equal length, each with the sample's digest, the answers and a checksum. A record that
/// disagrees with its checksum counts as missing. New records wait in a file of their own; <see cref="Save"/> puts both together under another name first.
/// </summary>
internal sealed class AnswerFile : IDisposable
{
    private const int CheckSize = 16;
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("MedTune answers1");

    private readonly string _path;
    private readonly byte[] _header;
    private readonly byte[] _record;
    private readonly long _limit;
    private readonly FileStream _added;
    private readonly Dictionary<SampleDigest, long> _addedPlaces = [];
    private readonly Dictionary<SampleDigest, long> _savedPlaces = [];
    private FileStream? _saved;

    /// <summary>Opens what is there of a prefix.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="key">Digest of the prefix, 32 bytes.</param>
    /// <param name="length">Bytes of a sample's answers.</param>
    /// <param name="limit">Bytes the file may take.</param>
    /// <exception cref="IOException">The folder is not there, or the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not open for reading and writing.</exception>
    public AnswerFile(string folder, ReadOnlySpan<byte> key, int length, long limit)
    {
        _path = Path.Combine(Path.GetFullPath(folder), $"{Convert.ToHexStringLower(key[..16])}.answers");
        _header = [.. Magic, .. key, .. BitConverter.GetBytes(length)];
        _record = new byte[SampleDigest.Size + length + CheckSize];
        _limit = limit;
        string added = $"{_path}.{Path.GetRandomFileName()}{AtomicFile.TemporaryEnding}";
        _added = new FileStream(added, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        OpenSaved();
    }

    /// <summary>The answers of a sample; false where they are not there, or damaged.</summary>
    public bool TryRead(SampleDigest sample, Span<byte> answers)
    {
        bool found = (_addedPlaces.TryGetValue(sample, out long place) && TryRead(_added, place, sample))
            || (_savedPlaces.TryGetValue(sample, out place) && TryRead(_saved!, place, sample));
        if (!found)
        {
            _savedPlaces.Remove(sample);
            return false;
        }

        _record.AsSpan(SampleDigest.Size, answers.Length).CopyTo(answers);
        return true;
    }

    /// <summary>Keeps the answers of a sample, unless the file would become too large.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public void Add(SampleDigest sample, ReadOnlySpan<byte> answers)
    {
        if (_addedPlaces.ContainsKey(sample) || _savedPlaces.ContainsKey(sample) || _header.Length + ((_savedPlaces.Count + _addedPlaces.Count + 1L) * _record.Length) > _limit)
        {
            return;
        }

        sample.Write(_record);
        answers.CopyTo(_record.AsSpan(SampleDigest.Size));
        Span<byte> check = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_record.AsSpan(..^CheckSize), check);
        check[..CheckSize].CopyTo(_record.AsSpan(^CheckSize..));
        long place = (long)_addedPlaces.Count * _record.Length;
        RandomAccess.Write(_added.SafeFileHandle, _record, place);
        _addedPlaces.Add(sample, place);
    }

    /// <summary>Writes everything that is whole under the file's name; nothing where there is nothing new.</summary>
    /// <exception cref="IOException">There is no room; the file that was there stays.</exception>
    public void Save()
    {
        if (_addedPlaces.Count == 0)
        {
            return;
        }

        AtomicFile.Write(_path, stream =>
        {
            stream.Write(_header);
            Copy(_saved, _savedPlaces, stream);
            Copy(_added, _addedPlaces, stream);

            // A file that is open cannot be replaced everywhere.
            _saved?.Dispose();
        });
        _addedPlaces.Clear();
        OpenSaved();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _saved?.Dispose();
        _added.Dispose();
    }

    private void Copy(FileStream? from, Dictionary<SampleDigest, long> places, Stream to)
    {
        foreach (var (sample, place) in places.OrderBy(pair => pair.Value))
        {
            if (TryRead(from!, place, sample))
            {
                to.Write(_record);
            }
        }
    }

    private bool TryRead(FileStream from, long place, SampleDigest sample)
    {
        Span<byte> check = stackalloc byte[SHA256.HashSizeInBytes];
        int read = RandomAccess.Read(from.SafeFileHandle, _record, place);
        SHA256.HashData(_record.AsSpan(..^CheckSize), check);
        return read == _record.Length && SampleDigest.Read(_record) == sample && check[..CheckSize].SequenceEqual(_record.AsSpan(^CheckSize..));
    }

    /// <summary>Notes where the saved records are. A file with another header, or half a record at its end, is no error: it is written anew.</summary>
    private void OpenSaved()
    {
        _savedPlaces.Clear();
        _saved = null;
        if (!File.Exists(_path))
        {
            return;
        }

        _saved = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        byte[] header = new byte[_header.Length];
        long records = RandomAccess.Read(_saved.SafeFileHandle, header, 0) == header.Length && header.AsSpan().SequenceEqual(_header)
            ? (RandomAccess.GetLength(_saved.SafeFileHandle) - header.Length) / _record.Length
            : 0;
        byte[] digest = new byte[SampleDigest.Size];
        for (long record = 0; record < records; record++)
        {
            long place = header.Length + (record * _record.Length);
            if (RandomAccess.Read(_saved.SafeFileHandle, digest, place) == digest.Length)
            {
                _savedPlaces[SampleDigest.Read(digest)] = place;
            }
        }
    }
}
