namespace MedTune.Data;

/// <summary>Whether an entry of a baseline table may be shown.</summary>
public enum BaselineCellState
{
    /// <summary>Shown.</summary>
    Shown,

    /// <summary>A count from 1 to 4, not shown.</summary>
    Small,

    /// <summary>Not shown, because a count from 1 to 4 would follow from it by subtraction.</summary>
    Withheld,

    /// <summary>A figure of fewer than 10 rows, not shown.</summary>
    TooFew,
}
