namespace MedTune.Data;

/// <summary>What one distinct text of a column is.</summary>
internal enum TextKind
{
    /// <summary>Empty, or a marker that always means missing.</summary>
    Missing,

    /// <summary>A dash or the like, which means missing among numbers.</summary>
    PossiblyMissing,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Anything else.</summary>
    Text,
}
