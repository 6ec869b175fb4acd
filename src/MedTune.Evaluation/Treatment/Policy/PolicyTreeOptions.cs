namespace MedTune.Evaluation;

/// <summary>How a policy tree is searched for.</summary>
public sealed record PolicyTreeOptions
{
    /// <summary>Questions before an arm is given: 1 or 2. Default 2.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Most thresholds tried in a column, at its quantiles, 1 or more; all distinct values where there are no more. Default 64.</summary>
    public int CutPoints { get; init; } = 64;

    /// <summary>Fewest rows in a leaf, 1 or more. Default 10; where a hundredth of the rows is more, that.</summary>
    public int LeastRows { get; init; } = 10;

    internal int LeastRowsOf(int rows) => Math.Max(LeastRows, rows / 100);

    internal void Check()
    {
        if (Depth is < 1 or > 2 || CutPoints < 1 || LeastRows < 1)
        {
            throw new ArgumentException("A policy tree has a depth of 1 or 2, at least one cut point and at least one row in a leaf.");
        }
    }
}
