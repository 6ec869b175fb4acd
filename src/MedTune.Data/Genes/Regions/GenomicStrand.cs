namespace MedTune.Data.Genes;

/// <summary>The strand that something lies on.</summary>
public enum GenomicStrand
{
    /// <summary>Not said, or of no meaning.</summary>
    Unknown,

    /// <summary>The strand of the reference.</summary>
    Forward,

    /// <summary>The other strand; its letters are the reverse complement.</summary>
    Reverse,
}
