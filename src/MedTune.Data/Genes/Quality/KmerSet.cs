using MedTune.Tensors;

namespace MedTune.Data.Genes;

/// <summary>The k-mers of sequences regardless of strand, and sketches of them (MinHash; Broder 1997) that are alike where the sets are.</summary>
internal static class KmerSet
{
    /// <summary>Longest k-mer that fits 32 bits.</summary>
    public const int LongestKmer = 16;

    /// <summary>Numbers of a sketch.</summary>
    public const int SketchLength = 64;

    private static readonly (ulong Factor, ulong Offset)[] Functions = MakeFunctions();

    /// <summary>The distinct k-mers, each as the smaller of both strands, two bits a letter, sorted; those with other letters than A, C, G and T are left out.</summary>
    public static uint[] Of(string letters, int k)
    {
        uint[] found = new uint[Math.Max(letters.Length - k + 1, 0)];
        ulong mask = (1UL << (2 * k)) - 1;
        (ulong forward, ulong reverse, int length, int count) = (0, 0, 0, 0);
        foreach (char letter in letters)
        {
            int code = "ACGT".IndexOf(letter, StringComparison.Ordinal);
            length = code < 0 ? 0 : length + 1;
            forward = ((forward << 2) | (uint)Math.Max(code, 0)) & mask;
            reverse = (reverse >> 2) | ((ulong)(3 - Math.Max(code, 0)) << (2 * (k - 1)));
            if (length >= k)
            {
                found[count++] = (uint)Math.Min(forward, reverse);
            }
        }

        var used = found.AsSpan(0, count);
        used.Sort();
        int distinct = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || used[i] != used[i - 1])
            {
                used[distinct++] = used[i];
            }
        }

        return used[..distinct].ToArray();
    }

    /// <summary>For each of the hash functions the smallest value over the set.</summary>
    public static uint[] Sketch(uint[] kmers)
    {
        uint[] sketch = new uint[SketchLength];
        for (int i = 0; i < sketch.Length; i++)
        {
            (ulong factor, ulong offset) = Functions[i];
            uint smallest = uint.MaxValue;
            foreach (uint kmer in kmers)
            {
                smallest = Math.Min(smallest, (uint)(((kmer * factor) + offset) >> 32));
            }

            sketch[i] = smallest;
        }

        return sketch;
    }

    /// <summary>The share of k-mers that both sets have among those that either has.</summary>
    public static double Sharing(uint[] one, uint[] other)
    {
        (int i, int j, int shared) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            (uint a, uint b) = (one[i], other[j]);
            shared += a == b ? 1 : 0;
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        int either = one.Length + other.Length - shared;
        return either == 0 ? 0 : (double)shared / either;
    }

    private static (ulong Factor, ulong Offset)[] MakeFunctions()
    {
        var random = new Philox(0x6D65_6474, RandomPurpose.Split, 0);
        return [.. Enumerable.Range(0, SketchLength).Select(i => (random.LongBits((ulong)(2 * i)) | 1, random.LongBits((ulong)((2 * i) + 1))))];
    }
}
