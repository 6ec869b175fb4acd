using System.Runtime.InteropServices;

namespace MedTune.Training;

/// <summary>Rows of numbers kept on disk under digests of what they were computed from, for later runs.</summary>
/// <remarks>A row that is damaged counts as missing. Not thread-safe.</remarks>
public sealed class FeatureCache : IDisposable
{
    private readonly AnswerFile _file;

    /// <summary>Opens what is there.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="key">SHA-256 of what computes the rows (network, size of the pictures).</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="limit">Bytes the file may take. Default 4 GiB.</param>
    /// <exception cref="IOException">The folder cannot be made, or the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not open for reading and writing.</exception>
    public FeatureCache(string folder, ReadOnlySpan<byte> key, int width, long limit = 4L << 30)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Directory.CreateDirectory(folder);
        _file = new AnswerFile(folder, key, width * sizeof(float), limit);
    }

    /// <summary>The row of a sample; false where it is not there.</summary>
    /// <param name="sample">SHA-256 of what the row is computed from.</param>
    /// <param name="row">Filled.</param>
    public bool TryRead(ReadOnlySpan<byte> sample, Span<float> row) => _file.TryRead(SampleDigest.Read(sample), MemoryMarshal.AsBytes(row));

    /// <summary>Keeps the row of a sample, unless the file would become too large.</summary>
    /// <inheritdoc cref="TryRead"/>
    /// <exception cref="IOException">There is no room.</exception>
    public void Add(ReadOnlySpan<byte> sample, ReadOnlySpan<float> row) => _file.Add(SampleDigest.Read(sample), MemoryMarshal.AsBytes(row));

    /// <summary>Writes everything under the file's name.</summary>
    /// <exception cref="IOException">There is no room; the file that was there stays.</exception>
    public void Save() => _file.Save();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
