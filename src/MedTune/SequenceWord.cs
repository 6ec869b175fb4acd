namespace MedTune;

/// <summary>A short word of letters that the linear model on words weighs most.</summary>
/// <param name="Word">Its letters.</param>
/// <param name="BothStrands">Whether its reverse complement counts as the same word.</param>
/// <param name="Class">The class that it speaks for.</param>
/// <param name="Weight">Its weight times its rarity, above 0: comparable with other words of the model only.</param>
public sealed record SequenceWord(string Word, bool BothStrands, string Class, double Weight);
