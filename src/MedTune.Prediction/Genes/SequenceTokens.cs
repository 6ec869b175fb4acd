namespace MedTune.Prediction;

/// <summary>Letters of DNA as the numbers that a model reads.</summary>
internal static class SequenceTokens
{
    /// <summary>A letter that is not one of A (0), C (1), G (2) and T (3).</summary>
    public const long Other = 4;

    /// <summary>A place behind the end of a sequence.</summary>
    public const long Padding = 5;

    /// <summary>The numbers of a sequence, filled up to a length.</summary>
    /// <param name="letters">Upper case.</param>
    /// <param name="tokens">Receives one number for each place; at least as long as the letters.</param>
    public static void Write(string letters, Span<long> tokens)
    {
        for (int i = 0; i < letters.Length; i++)
        {
            tokens[i] = letters[i] switch { 'A' => 0, 'C' => 1, 'G' => 2, 'T' => 3, _ => Other };
        }

        tokens[letters.Length..].Fill(Padding);
    }
}
