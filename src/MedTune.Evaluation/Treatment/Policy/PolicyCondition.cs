namespace MedTune.Evaluation;

/// <summary>One part of a readable rule: a column at most, or above, a threshold.</summary>
/// <param name="Column">The column's place, from 0.</param>
/// <param name="Threshold">A value that occurs in the data.</param>
/// <param name="IsAbove">False: value ≤ threshold. True: value above it, or missing.</param>
public readonly record struct PolicyCondition(int Column, double Threshold, bool IsAbove)
{
    /// <summary>Whether a value meets the condition; a missing one (NaN) meets only conditions that ask for above.</summary>
    /// <param name="value">Of the column.</param>
    public bool Holds(double value) => value <= Threshold != IsAbove;
}
