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
