using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>What each change of one letter would do to a model's answer for a sequence: in-silico mutagenesis.</summary>
/// <param name="Answer">The answer for the sequence as it is.</param>
/// <param name="ExplainedClass">The class the log-odds speak for: the positive one of two, or of several the one answered (against the mean of all).</param>
/// <param name="LogOdds">Those of the answer.</param>
/// <param name="Letters">The sequence.</param>
/// <param name="Changes">Change of the log-odds for A, C, G and T at each place [places, 4]; 0 for the letter that is there.</param>
public sealed record SequenceMutations(Prediction Answer, string ExplainedClass, double LogOdds, string Letters, ImmutableArray<double> Changes)
{
    /// <summary>The letters that a place may have, in the order of <see cref="Changes"/>.</summary>
    public const string Alphabet = "ACGT";

    /// <summary>How changes are found, in one sentence.</summary>
    public const string Method = "each letter is changed to each other one, and the log-odds are computed again";

    /// <summary>The change of largest size at a place.</summary>
    /// <param name="place">From 0.</param>
    public (char Letter, double Change) LargestAt(int place)
    {
        int best = Enumerable.Range(0, Alphabet.Length).MaxBy(letter => Math.Abs(Changes[(place * Alphabet.Length) + letter]));
        return (Alphabet[best], Changes[(place * Alphabet.Length) + best]);
    }
}
