using System.Buffers;

namespace MedTune.Data.Genes;

/// <summary>The letters of DNA and RNA: the IUPAC codes, their complements and what each can stand for.</summary>
public static class Nucleotides
{
    /// <summary>The codes in upper case.</summary>
    public const string Codes = "ACGTUNRYSWKMBDHV";

    // For each code the letter of the other strand, in the order of Codes.
    private const string Complements = "TGCAANYRSWMKVHDB";

    // For each code the bases it stands for: A 1, C 2, G 4, T 8.
    private static readonly byte[] SetOf = MakeSets();
    private static readonly byte[] ComplementOf = MakeComplements();

    internal static SearchValues<byte> AllCodes { get; } = SearchValues.Create([.. Codes.Select(c => (byte)c), .. Codes.Select(c => (byte)char.ToLowerInvariant(c))]);

    /// <summary>The other strand, read in its own direction. Case is kept; what is no code becomes N.</summary>
    /// <param name="letters">DNA or RNA; the answer is DNA.</param>
    public static string ReverseComplement(string letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        return string.Create(letters.Length, letters, static (other, one) =>
        {
            for (int i = 0; i < one.Length; i++)
            {
                other[^(i + 1)] = one[i] < 128 ? (char)ComplementOf[one[i]] : 'N';
            }
        });
    }

    /// <summary>The share of G, C and S among the letters that say whether they are one (A, C, G, T, U, S, W); NaN where there is none.</summary>
    /// <param name="letters">Letters in either case.</param>
    public static double GcContent(ReadOnlySpan<char> letters)
    {
        (long strong, long weak) = (0, 0);
        foreach (char letter in letters)
        {
            int set = letter < 128 ? SetOf[letter] : 0;
            strong += set is 2 or 4 or 6 ? 1 : 0;
            weak += set is 1 or 8 or 9 ? 1 : 0;
        }

        return strong + weak == 0 ? double.NaN : (double)strong / (strong + weak);
    }

    /// <summary>Whether a code of a reference can stand for a base; N stands for each.</summary>
    internal static bool CanBe(byte code, byte letter) => code < 128 && letter < 128 && (SetOf[code] & SetOf[letter]) != 0;

    /// <summary>Puts letters into upper case, and U as T where asked for.</summary>
    internal static string Upper(string letters) => letters.ToUpperInvariant().Replace('U', 'T');

    private static byte[] MakeSets()
    {
        var sets = new byte[128];
        byte[] ofCodes = [1, 2, 4, 8, 8, 15, 5, 10, 6, 9, 12, 3, 14, 13, 11, 7];
        for (int i = 0; i < Codes.Length; i++)
        {
            sets[Codes[i]] = ofCodes[i];
            sets[char.ToLowerInvariant(Codes[i])] = ofCodes[i];
        }

        return sets;
    }

    private static byte[] MakeComplements()
    {
        var other = new byte[128];
        Array.Fill(other, (byte)'N');
        for (int i = 0; i < Codes.Length; i++)
        {
            other[Codes[i]] = (byte)Complements[i];
            other[char.ToLowerInvariant(Codes[i])] = (byte)char.ToLowerInvariant(Complements[i]);
        }

        return other;
    }
}
