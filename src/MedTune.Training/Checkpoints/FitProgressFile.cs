using System.Security.Cryptography;
using System.Text;
using MedTune.Graphs.Files;

namespace MedTune.Training;

/// <summary>Where one unfinished fit keeps how far it got, epoch by epoch; nothing is kept when the journal is in memory.</summary>
public sealed class FitProgressFile
{
    private readonly string? _path;
    private readonly int _part = -1;

    internal FitProgressFile(string? folder, string key)
    {
        if (folder is not null)
        {
            string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));
            _path = Path.Combine(folder, $"{name}.progress");
        }
    }

    private FitProgressFile(string? path, int part)
    {
        _path = path;
        _part = part;
    }

    /// <summary>The same file for one part of a fit: it finds only what the same part has kept.</summary>
    /// <param name="part">From 0.</param>
    public FitProgressFile Part(int part) => new(_path, part);

    /// <summary>Writes the state, replacing the one before in a single step, with a checksum.</summary>
    internal void Save(Action<BinaryWriter> write)
    {
        if (_path is null)
        {
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(_part);
            write(writer);
        }

        byte[] state = buffer.ToArray();
        AtomicFile.Write(
            _path,
            file =>
            {
                file.Write(SHA256.HashData(state));
                file.Write(state);
            },
            survivesPowerCut: false);
    }

    /// <summary>Reads the last state; false when there is none, or when it is damaged (the fit then starts over, with the same result).</summary>
    internal bool TryLoad(Action<BinaryReader> read)
    {
        if (_path is null || !File.Exists(_path))
        {
            return false;
        }

        byte[] bytes = File.ReadAllBytes(_path);
        if (bytes.Length < SHA256.HashSizeInBytes
            || !SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes)))
        {
            return false;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, SHA256.HashSizeInBytes, bytes.Length - SHA256.HashSizeInBytes), Encoding.UTF8);
        if (reader.ReadInt32() != _part)
        {
            return false;
        }

        read(reader);
        return true;
    }

    internal void Delete()
    {
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }
}
