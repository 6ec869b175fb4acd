namespace MedTune.Data.Images;

/// <summary>What the reader does with an attribute of its whitelist.</summary>
public enum DicomTreatment
{
    /// <summary>Numbers, kept as numbers.</summary>
    Number,

    /// <summary>A coded word, kept only where it has the form of one: up to 16 capital letters, digits, blanks and underscores.</summary>
    Code,

    /// <summary>An identifier that the standard itself defines (what kind of object this is), kept only where it is one.</summary>
    StandardIdentifier,

    /// <summary>Only a keyed hash of the value is made, from its bytes; without a key nothing is.</summary>
    KeyedHash,

    /// <summary>Only a coarse category is kept (sex; a span of ten years of age), and only where the caller asks for it.</summary>
    Category,

    /// <summary>A table of numbers that the display needs.</summary>
    Table,

    /// <summary>Items whose own attributes are read by this same list.</summary>
    Items,

    /// <summary>The pixels, or where they lie.</summary>
    Pixels,
}
