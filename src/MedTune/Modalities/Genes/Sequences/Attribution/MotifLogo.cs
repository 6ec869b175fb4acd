using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>What a filter of a network's first layer looks for: the letters of the windows that excite it most.</summary>
/// <param name="Network">Which network of the ensemble.</param>
/// <param name="Filter">Which filter.</param>
/// <param name="Windows">How many windows were taken.</param>
/// <param name="Correlation">Correlation of the filter's largest answer in a sequence with the model's margin, -1 to 1: above 0 the motif speaks for the class.</param>
/// <param name="Shares">Share of each letter at each place, [places, 4] in the order A, C, G, T.</param>
internal sealed record MotifLogo(int Network, int Filter, int Windows, double Correlation, ImmutableArray<double> Shares)
{
    /// <summary>Letters of the motif.</summary>
    public int Length => Shares.Length / 4;

    /// <summary>The likeliest letter at each place; N where none has half.</summary>
    public string Consensus => string.Create(Length, Shares, static (text, shares) =>
    {
        for (int place = 0; place < text.Length; place++)
        {
            int best = Enumerable.Range(0, 4).MaxBy(letter => shares[(place * 4) + letter]);
            text[place] = shares[(place * 4) + best] >= 0.5 ? "ACGT"[best] : 'N';
        }
    });

    /// <summary>Information of a place in bits, 0 to 2: the height of its stack in a logo.</summary>
    public double BitsOf(int place)
    {
        double entropy = 0;
        for (int letter = 0; letter < 4; letter++)
        {
            double share = Shares[(place * 4) + letter];
            entropy -= share > 0 ? share * DoubleMath.Log(share) / DoubleMath.Log(2) : 0;
        }

        return Math.Max(0, 2 - entropy);
    }
}
