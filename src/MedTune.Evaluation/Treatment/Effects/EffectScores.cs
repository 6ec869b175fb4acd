namespace MedTune.Evaluation;

/// <summary>Doubly robust scores of one comparison of two arms: the mean over any group of rows estimates the group's average effect.</summary>
/// <param name="Values">One per row, finite. A single score is noise around the row's effect, not the effect.</param>
/// <param name="Groups">The patient of each row; null when every row is another patient.</param>
public sealed record EffectScores(double[] Values, int[]? Groups = null)
{
    /// <summary>Rows.</summary>
    public int Count => Values.Length;

    /// <summary>Some of the rows, in the order given.</summary>
    /// <param name="rows">Their places, from 0.</param>
    public EffectScores Subset(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new EffectScores([.. rows.Select(row => Values[row])], Groups is null ? null : [.. rows.Select(row => Groups[row])]);
    }

    /// <summary>Refuses scores nothing can be computed from.</summary>
    internal void Check()
    {
        if (Values.Length == 0)
        {
            throw new InvalidPredictionsException("There is nothing to evaluate: there are no effect scores.");
        }
        ArmChecks.Finite("effect score", Values, 1);
        ArmChecks.Same("patients", Groups?.Length ?? Count, Count);
    }
}
