using MedTune.Prediction;

namespace MedTune.Modalities.Genes;

/// <summary>The letters of all samples as numbers, one row after the other, filled up to the length of the model's input.</summary>
internal sealed class SequenceRows
{
    private readonly long[] _tokens;

    /// <summary>Those of some data.</summary>
    public SequenceRows(GeneData data)
        : this(data.Sequences, data.Length)
    {
    }

    /// <summary>Those of some sequences.</summary>
    /// <param name="sequences">Upper case, none longer than <paramref name="length"/>.</param>
    /// <param name="length">Places of a row.</param>
    public SequenceRows(IReadOnlyList<string> sequences, int length)
    {
        (Length, Count) = (length, sequences.Count);
        _tokens = new long[Count * Length];
        for (int row = 0; row < Count; row++)
        {
            SequenceTokens.Write(sequences[row], _tokens.AsSpan(row * Length, Length));
        }
    }

    /// <summary>Places of a row.</summary>
    public int Length { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>The numbers of a sample.</summary>
    public ReadOnlySpan<long> Of(int row) => _tokens.AsSpan(row * Length, Length);
}
