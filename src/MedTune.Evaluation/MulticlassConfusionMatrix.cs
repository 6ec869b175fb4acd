using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How often each class was taken for each class.</summary>
public sealed class MulticlassConfusionMatrix
{
    private readonly long[] _counts;

    internal MulticlassConfusionMatrix(ImmutableArray<string> classNames, long[] counts)
    {
        ClassNames = classNames;
        _counts = counts;
    }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Rows of class <paramref name="target"/> that were taken for class <paramref name="predicted"/>.</summary>
    /// <param name="target">Index of the true class.</param>
    /// <param name="predicted">Index of the class with the highest probability.</param>
    public long this[int target, int predicted] => _counts[(target * ClassNames.Length) + predicted];

    /// <summary>All rows.</summary>
    public long Total => _counts.Sum();

    /// <summary>The four counts of one class against all others.</summary>
    /// <param name="classIndex">Index of the class that counts as positive.</param>
    public ConfusionMatrix Against(int classIndex) => Against(_counts, ClassNames.Length, classIndex);

    internal static ConfusionMatrix Against(ReadOnlySpan<long> counts, int classes, int classIndex)
    {
        long hits = counts[(classIndex * classes) + classIndex];
        long row = 0;
        long column = 0;
        long total = 0;
        for (int other = 0; other < classes; other++)
        {
            row += counts[(classIndex * classes) + other];
            column += counts[(other * classes) + classIndex];
        }
        foreach (long count in counts)
        {
            total += count;
        }
        return new ConfusionMatrix(hits, column - hits, total - row - column + hits, row - hits);
    }
}
