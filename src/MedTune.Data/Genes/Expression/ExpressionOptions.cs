namespace MedTune.Data.Genes;

/// <summary>What a person says about a matrix of measurements and its labels.</summary>
public sealed record ExpressionOptions
{
    /// <summary>How the matrix lies. Default: told by the samples of the labels.</summary>
    public MatrixOrientation Orientation { get; init; } = MatrixOrientation.ByLabels;

    /// <summary>The column of labels. Default: null, the column <c>label</c>, or the second of two.</summary>
    public string? Target { get; init; }

    /// <summary>The column of samples in the table of labels. Default: null, the column <c>sample</c>, or the first.</summary>
    public string? Sample { get; init; }

    /// <summary>The positive of two classes. Default: null, by the names.</summary>
    public string? Positive { get; init; }

    /// <summary>The decimal mark, a point or a comma. Default: a point.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>Most values that are held. Default: 2^28 (a gigabyte).</summary>
    public long LargestMatrix { get; init; } = 1L << 28;

    internal static ExpressionOptions Default { get; } = new();
}
