using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>Random changes of a sequence that leave its class as it is.</summary>
/// <param name="Shift">The most places that letters move to either side; what moves in is not known.</param>
/// <param name="Mutation">The share of the letters that become another letter.</param>
/// <param name="BothStrands">Whether the other strand is as good.</param>
internal sealed record DnaAugmentation(int Shift, double Mutation, bool BothStrands)
{
    private const int Letters = 4;

    /// <summary>Writes a changed sequence; what comes out depends on (seed, epoch, sample) alone.</summary>
    /// <param name="tokens">The sequence.</param>
    /// <param name="changed">Receives it; same length.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="sample">Its number.</param>
    public void Write(ReadOnlySpan<long> tokens, Span<long> changed, ulong seed, int epoch, int sample)
    {
        var random = new Philox(seed, RandomPurpose.Augmentation, ((ulong)(uint)epoch << 32) | (uint)sample);
        int length = tokens.IndexOf(SequenceTokens.Padding) is >= 0 and var end ? end : tokens.Length;
        int shift = Shift == 0 ? 0 : random.Below((2 * Shift) + 1, 0) - Shift;
        bool turns = BothStrands && random.Below(2, 1) == 1;
        changed[length..].Fill(SequenceTokens.Padding);
        for (int i = 0; i < length; i++)
        {
            int from = i + shift;
            long letter = from >= 0 && from < length ? tokens[from] : SequenceTokens.Other;
            if (Mutation > 0 && letter < Letters && random.Uniform(8 + (ulong)i) < Mutation)
            {
                letter = (letter + 1 + random.Below(Letters - 1, (1UL << 32) + (ulong)i)) % Letters;
            }

            changed[turns ? length - 1 - i : i] = turns && letter < Letters ? Letters - 1 - letter : letter;
        }
    }
}
