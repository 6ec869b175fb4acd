namespace MedTune.Evaluation;

/// <summary>What a line of a balance table compares.</summary>
public enum BalanceKind
{
    /// <summary>The mean of a number among the rows that have it.</summary>
    Mean,

    /// <summary>The share of one level among the rows that have any.</summary>
    Share,

    /// <summary>The share of rows where the column is missing.</summary>
    Missing,
}
