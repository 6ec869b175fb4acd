using System.Collections.Immutable;

namespace MedTune.Modalities.Genes;

/// <summary>What each single change of a letter does to a model's margin (in-silico mutagenesis).</summary>
/// <param name="Letters">The sequence.</param>
/// <param name="Margin">Which margin.</param>
/// <param name="Reference">The margin of the sequence as it is.</param>
/// <param name="Changes">How much the margin rises where a place holds another letter, [places, 4] in the order A, C, G, T; 0 for the letter that is there.</param>
internal sealed record MutagenesisMap(string Letters, int Margin, float Reference, ImmutableArray<float> Changes)
{
    /// <summary>The change of the margin when a place holds this letter.</summary>
    public float At(int place, int letter) => Changes[(place * 4) + letter];

    /// <summary>How much a place matters: by how much the margin falls, on average, when its letter is another one.</summary>
    public float WeightOf(int place) => -(At(place, 0) + At(place, 1) + At(place, 2) + At(place, 3)) / 3;
}
