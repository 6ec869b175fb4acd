using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MedTune.Data;

/// <summary>Digests of what rows hold, independent of how the file was written: encoding, separator, column order, spelling of numbers.</summary>
internal sealed class RowContent
{
    private const byte MissingTag = 0;
    private const byte NumberTag = 1;
    private const byte TextTag = 2;

    private const int DigestBytes = SHA256.HashSizeInBytes;

    // One digest after the other.
    private readonly byte[] _features;
    private readonly byte[] _rows;

    private RowContent(byte[] features, byte[] rows)
    {
        _features = features;
        _rows = rows;
    }

    /// <summary>SHA-256 over feature names and values, and over these with the class, per row.</summary>
    public static RowContent Of(ImmutableArray<FeatureColumn> features, int[] target, ImmutableArray<string> classNames)
    {
        FeatureColumn[] columns = [.. features.OrderBy(feature => feature.Name, StringComparer.Ordinal)];
        byte[] names = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', columns.Select(column => column.Name))));
        byte[][] classes = [.. classNames.Select(Encoding.UTF8.GetBytes)];
        byte[]?[][] levels = [.. columns.Select(LevelBytes)];
        int count = columns.Length == 0 ? target.Length : columns[0].RowCount;
        var featureDigests = new byte[count * DigestBytes];
        var rowDigests = new byte[count * DigestBytes];
        var content = new byte[1024];
        var tail = new byte[DigestBytes + 4096];
        for (int row = 0; row < count; row++)
        {
            int length = Write(columns, levels, row, names, ref content);
            var digest = featureDigests.AsSpan(row * DigestBytes, DigestBytes);
            SHA256.HashData(content.AsSpan(0, length), digest);
            ReadOnlySpan<byte> name = target[row] < 0 ? default : classes[target[row]];
            byte[] joined = name.Length <= 4096 ? tail : new byte[DigestBytes + name.Length];
            digest.CopyTo(joined);
            name.CopyTo(joined.AsSpan(DigestBytes));
            SHA256.HashData(joined.AsSpan(0, DigestBytes + name.Length), rowDigests.AsSpan(row * DigestBytes, DigestBytes));
        }

        return new RowContent(featureDigests, rowDigests);
    }

    /// <summary>The digest of each row as lower-case hexadecimal.</summary>
    public ImmutableArray<string> Hexadecimal() => [.. _rows.Chunk(DigestBytes).Select(Convert.ToHexStringLower)];

    /// <summary>For each row the number of its group of rows that are equal in features and target; numbered by first appearance.</summary>
    public int[] EqualRows() => Groups(_rows);

    /// <summary>For each row the number of its group of rows that are equal in features alone.</summary>
    public int[] EqualFeatures() => Groups(_features);

    /// <summary>One digest over all rows in order and the given words.</summary>
    public string DigestWith(IEnumerable<string> words)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (string word in words)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(word);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        hash.AppendData(_rows);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[]?[] LevelBytes(FeatureColumn column) => column is CategoryColumn category
        ? [.. category.Levels.Select(Encoding.UTF8.GetBytes)]
        : [];

    private static int Write(FeatureColumn[] columns, byte[]?[][] levels, int row, byte[] names, ref byte[] content)
    {
        names.CopyTo(content, 0);
        int length = names.Length;
        for (int i = 0; i < columns.Length; i++)
        {
            ReadOnlySpan<byte> text = default;
            double number = double.NaN;
            bool isMissing = columns[i].IsMissing(row);
            if (columns[i] is CategoryColumn category)
            {
                text = isMissing ? default : levels[i][category.Codes[row]];
            }
            else
            {
                number = ((NumberColumn)columns[i]).Values[row];
            }

            if (length + text.Length + 16 > content.Length)
            {
                Array.Resize(ref content, Math.Max(2 * content.Length, length + text.Length + 16));
            }

            Span<byte> rest = content.AsSpan(length);
            bool isNumber = columns[i] is NumberColumn;
            rest[0] = isMissing ? MissingTag : isNumber ? NumberTag : TextTag;
            length++;
            if (isMissing)
            {
                continue;
            }

            if (isNumber)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(rest[1..], number);
                length += 8;
                continue;
            }

            BinaryPrimitives.WriteInt32LittleEndian(rest[1..], text.Length);
            text.CopyTo(rest[5..]);
            length += 4 + text.Length;
        }

        return length;
    }

    private static int[] Groups(byte[] digests)
    {
        // 128 of the 256 bits tell rows apart: no two different rows of any table will ever agree in them.
        const int Words = DigestBytes / sizeof(ulong);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(digests);
        var groups = new int[words.Length / Words];
        var first = new Dictionary<(ulong, ulong), int>(groups.Length);
        for (int row = 0; row < groups.Length; row++)
        {
            (ulong, ulong) key = (words[row * Words], words[(row * Words) + 1]);
            if (!first.TryGetValue(key, out int group))
            {
                group = first.Count;
                first.Add(key, group);
            }

            groups[row] = group;
        }

        return groups;
    }
}
