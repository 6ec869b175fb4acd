namespace MedTune.Data;

/// <summary>How a target rule decides which rows are positive.</summary>
public enum TargetOperator
{
    /// <summary>No rule: every level of the column is a class.</summary>
    Levels,

    /// <summary>The number is greater.</summary>
    Greater,

    /// <summary>The number is greater or equal.</summary>
    GreaterOrEqual,

    /// <summary>The number is less.</summary>
    Less,

    /// <summary>The number is less or equal.</summary>
    LessOrEqual,

    /// <summary>The value is this one.</summary>
    Equal,

    /// <summary>The value is another one.</summary>
    NotEqual,

    /// <summary>The value is one of these.</summary>
    In,

    /// <summary>The text contains one of these.</summary>
    Contains,

    /// <summary>The text matches a regular expression.</summary>
    Matches,
}
