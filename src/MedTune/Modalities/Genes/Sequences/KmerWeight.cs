namespace MedTune.Modalities.Genes;

/// <summary>What a word adds to the evidence for a class.</summary>
/// <param name="Word">Its letters.</param>
/// <param name="BothStrands">Whether its reverse complement counts as the same word.</param>
/// <param name="Margin">The margin it adds to.</param>
/// <param name="Weight">Its weight times its rarity: above 0 it speaks for the class, below 0 against it.</param>
internal sealed record KmerWeight(string Word, bool BothStrands, int Margin, double Weight);
