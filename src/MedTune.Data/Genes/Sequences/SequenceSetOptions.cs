namespace MedTune.Data.Genes;

/// <summary>What a person says about labelled sequences.</summary>
public sealed record SequenceSetOptions
{
    /// <summary>The table's column of labels. Default: null, the column <c>label</c>.</summary>
    public string? Target { get; init; }

    /// <summary>The table's column of sequences. Default: null, the column <c>sequence</c> (or <c>seq</c>).</summary>
    public string? Sequence { get; init; }

    /// <summary>The positive of two classes. Default: null, by the names; of two files the first.</summary>
    public string? Positive { get; init; }

    /// <summary>Longest sequence. Default: 2^20 letters.</summary>
    public int LongestSequence { get; init; } = 1 << 20;

    internal static SequenceSetOptions Default { get; } = new();
}
