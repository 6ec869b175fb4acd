using System.Collections.Immutable;
using System.IO.Compression;

namespace MedTune.Data.Images;

/// <summary>A NumPy archive (<c>.npz</c>): a ZIP file of arrays.</summary>
internal static class NpzArchive
{
    /// <summary>All arrays of numbers, by name without <c>.npy</c>.</summary>
    /// <param name="stream">The file; it must be able to seek.</param>
    /// <param name="where">The file, for messages.</param>
    /// <param name="largestBytes">Bytes of one array at most.</param>
    /// <exception cref="DataException">The archive is damaged, or an array is no array of numbers.</exception>
    public static ImmutableSortedDictionary<string, NpyArray> Read(Stream stream, string where, long largestBytes = int.MaxValue)
    {
        var arrays = ImmutableSortedDictionary.CreateBuilder<string, NpyArray>(StringComparer.Ordinal);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in archive.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)))
            {
                using var content = entry.Open();
                string name = entry.FullName[..^4];
                arrays[name] = NpyArray.Read(content, largestBytes, $"{where}, array number {arrays.Count + 1}");
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException)
        {
            throw new DataException($"{where}: is no whole NumPy archive (.npz): get the file again, or save it anew with numpy.savez.", failure);
        }

        return arrays.ToImmutable();
    }
}
