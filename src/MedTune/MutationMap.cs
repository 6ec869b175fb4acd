using System.Collections.Immutable;
using MedTune.Prediction;

namespace MedTune;

/// <summary>What changes of single letters do to a model's answers, in the mean over sequences of one class that are aligned and of one length.</summary>
/// <param name="Class">The class of the sequences, for which the log-odds speak.</param>
/// <param name="Sequences">How many sequences were changed.</param>
/// <param name="Changes">Mean change of the log-odds when A, C, G or T is put at a place [places, 4]; NaN where all sequences have that letter already.</param>
/// <param name="Shares">Share of the sequences that have the letter [places, 4].</param>
public sealed record MutationMap(string Class, int Sequences, ImmutableArray<double> Changes, ImmutableArray<double> Shares)
{
    /// <summary>Letters of a place: A, C, G and T.</summary>
    public const int Letters = 4;

    /// <summary>The map of one sequence.</summary>
    /// <param name="mutations">Its changes.</param>
    public static MutationMap Of(SequenceMutations mutations)
    {
        ArgumentNullException.ThrowIfNull(mutations);
        bool[] isThere = [.. Enumerable.Range(0, mutations.Changes.Length).Select(i => SequenceMutations.Alphabet[i % Letters] == mutations.Letters[i / Letters])];
        return new MutationMap(
            mutations.ExplainedClass, 1, [.. mutations.Changes.Select((change, i) => isThere[i] ? double.NaN : change)], [.. isThere.Select(own => own ? 1.0 : 0)]);
    }

    /// <summary>Places of the sequences.</summary>
    public int Places => Changes.Length / Letters;

    /// <summary>What losing the letters that stand at a place costs, in the mean over the other letters: above 0 where they speak for the class.</summary>
    /// <param name="place">From 0.</param>
    public double LossAt(int place)
    {
        (double sum, int count) = (0, 0);
        for (int letter = 0; letter < Letters; letter++)
        {
            double change = Changes[(place * Letters) + letter];
            (sum, count) = double.IsNaN(change) ? (sum, count) : (sum - change, count + 1);
        }

        return count == 0 ? 0 : sum / count;
    }
}
