namespace MedTune.Data.Genes;

/// <summary>How much of the VCF specification a file must keep.</summary>
public enum VcfStrictness
{
    /// <summary>What could change what is read is refused; formal faults, which files of common tools are full of, are counted and told.</summary>
    Practical,

    /// <summary>Every broken rule of the file's version is refused with its line: order, duplicates, reserved definitions, counts and types of every value.</summary>
    Strict,
}
