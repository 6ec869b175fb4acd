using System.Collections.Immutable;
using MedTune.Data.Genes;
using MedTune.Prediction;

namespace MedTune.Modalities.Genes;

/// <summary>In-silico mutagenesis in the mean over sequences of a class.</summary>
/// <remarks>A mean shows which places matter without showing anybody's sequence.</remarks>
internal static class MutationMaps
{
    // Each place takes three answers for each sequence: about as many for long sequences as for short ones.
    private const int LettersChanged = 6000;
    private const int MostPlaces = 1000;
    private const int Fewest = 5;
    private const int Most = 48;

    /// <summary>One for each class but the negative of two; none for tables, and for sequences of several lengths.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples.</param>
    /// <param name="rows">Those that may be taken.</param>
    /// <param name="threads">At least 1; it changes no bit.</param>
    public static ImmutableArray<MutationMap> Of(ModelFile model, GeneData data, int[] rows, int threads)
    {
        if (data.Input != GeneForm.Sequence || data.Length > MostPlaces || data.Sequences.Any(letters => letters.Length != data.Length))
        {
            return [];
        }

        using var explainer = new GeneExplainer(model, threads);
        int[] classes = data.Margins == 1 ? [1] : [.. Enumerable.Range(0, data.ClassNames.Length)];
        int each = Math.Clamp(LettersChanged / data.Length / classes.Length, Fewest, Most);
        return [.. classes.Select(label => Of(explainer, data, label, Spread([.. rows.Where(row => data.Classes[row] == label)], each))).OfType<MutationMap>()];
    }

    /// <summary>Some of the rows, evenly over all of them.</summary>
    private static int[] Spread(int[] rows, int most) => rows.Length <= most ? rows : [.. Enumerable.Range(0, most).Select(i => rows[(int)((long)i * rows.Length / most)])];

    private static MutationMap? Of(GeneExplainer explainer, GeneData data, int label, int[] rows)
    {
        if (rows.Length < Fewest)
        {
            return null;
        }

        int size = data.Length * MutationMap.Letters;
        (double[] sums, int[] changed, double[] shares) = (new double[size], new int[size], new double[size]);
        int used = 0;
        foreach (int row in rows)
        {
            var mutations = explainer.Mutate(data.Sequences[row]);

            // Of several classes the log-odds speak for the one answered; the map is of those that were recognised.
            if (mutations.ExplainedClass != data.ClassNames[label])
            {
                continue;
            }

            used++;
            for (int i = 0; i < size; i++)
            {
                bool isThere = SequenceMutations.Alphabet[i % MutationMap.Letters] == mutations.Letters[i / MutationMap.Letters];
                (sums[i], changed[i], shares[i]) = isThere ? (sums[i], changed[i], shares[i] + 1) : (sums[i] + mutations.Changes[i], changed[i] + 1, shares[i]);
            }
        }

        return used < Fewest
            ? null
            : new MutationMap(data.ClassNames[label], used, [.. sums.Select((sum, i) => changed[i] == 0 ? double.NaN : sum / changed[i])], [.. shares.Select(share => share / used)]);
    }
}
