namespace MedTune.Data;

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>Measurements or counts.</summary>
    Number,

    /// <summary>One of several levels.</summary>
    Category,

    /// <summary>Two levels that answer yes or no.</summary>
    YesNo,

    /// <summary>Calendar dates. No feature.</summary>
    Date,

    /// <summary>Sentences. No feature.</summary>
    FreeText,

    /// <summary>Numbers or names of people, stays or rows. No feature.</summary>
    Identifier,

    /// <summary>The same value, or none, in every row. No feature.</summary>
    Constant,
}
