namespace MedTune.Data;

/// <summary>What is done with rows that are equal in all features and in the target.</summary>
public enum DuplicateAction
{
    /// <summary>Kept, and always on one side of a split: equal rows can be different patients.</summary>
    Keep,

    /// <summary>Only the first of equal rows is kept.</summary>
    Drop,
}
