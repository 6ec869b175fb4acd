using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>A set of classes for each row: those that cannot be ruled out.</summary>
public sealed class PredictionSets
{
    private readonly bool[] _members;

    internal PredictionSets(ImmutableArray<string> classNames, bool[] members)
    {
        ClassNames = classNames;
        _members = members;
    }

    /// <summary>The least-ambiguous sets of a threshold that is known: a class is in a row's set where 1 - its probability is at most the threshold.</summary>
    /// <param name="probabilities">Row-major, rows x classes.</param>
    /// <param name="classNames">The classes, in the order of the probabilities.</param>
    /// <param name="threshold">From 0 to 1.</param>
    public static PredictionSets ByThreshold(ReadOnlySpan<double> probabilities, ImmutableArray<string> classNames, double threshold)
    {
        bool[] members = new bool[probabilities.Length];
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = 1 - probabilities[i] <= threshold;
        }

        return new PredictionSets(classNames, members);
    }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Rows.</summary>
    public int Count => _members.Length / ClassNames.Length;

    /// <summary>Whether a row's set holds a class.</summary>
    /// <param name="row">Counted from 0.</param>
    /// <param name="classIndex">Place of the class in <see cref="ClassNames"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or class.</exception>
    public bool Contains(int row, int classIndex)
    {
        Check(row);
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, ClassNames.Length);
        return _members[(row * ClassNames.Length) + classIndex];
    }

    /// <summary>How many classes a row's set holds, from 0 to all.</summary>
    /// <param name="row">Counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public int Size(int row)
    {
        Check(row);
        return _members.AsSpan(row * ClassNames.Length, ClassNames.Length).Count(true);
    }

    /// <summary>The classes of a row's set, ascending.</summary>
    /// <param name="row">Counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ImmutableArray<int> Classes(int row)
    {
        Check(row);
        return [.. Enumerable.Range(0, ClassNames.Length).Where(k => _members[(row * ClassNames.Length) + k])];
    }

    private void Check(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
    }
}
