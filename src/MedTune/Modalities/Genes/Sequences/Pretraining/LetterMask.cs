using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>Which letters of a window are hidden: 15 in 100, of which eight in ten are not shown, one is shown as another letter and one as it is (Devlin et al., NAACL 2019).</summary>
internal static class LetterMask
{
    private const float Share = 0.15f;
    private const int Letters = 4;

    /// <summary>Hides letters and writes what is asked for.</summary>
    /// <param name="tokens">A window; what is hidden is changed in place.</param>
    /// <param name="targets">[letters, places]: 1 over the number of hidden letters where one stands, else 0. Empty where nobody asks.</param>
    /// <param name="hidden">For each place whether it is asked for.</param>
    /// <param name="random">Numbers of this window alone.</param>
    /// <param name="showsSome">Whether some are shown as another letter or as they are, as in training; for judging, all are hidden.</param>
    public static void Apply(Span<long> tokens, Span<float> targets, Span<bool> hidden, Philox random, bool showsSome)
    {
        targets.Clear();
        int count = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            hidden[i] = tokens[i] < Letters && random.Uniform((ulong)i) < Share;
            count += hidden[i] ? 1 : 0;
        }

        for (int i = 0; i < tokens.Length; i++)
        {
            if (!hidden[i])
            {
                continue;
            }

            if (targets.Length > 0)
            {
                targets[((int)tokens[i] * tokens.Length) + i] = 1f / count;
            }

            float kind = showsSome ? random.Uniform((ulong)(tokens.Length + i)) : 0;
            tokens[i] = kind < 0.8f ? SequenceTokens.Other : kind < 0.9f ? random.Below(Letters, (ulong)((2 * tokens.Length) + i)) : tokens[i];
        }
    }
}
