namespace MedTune.Data.Genes;

/// <summary>What an alternate allele is.</summary>
public enum VariantKind
{
    /// <summary>One letter for another.</summary>
    Substitution,

    /// <summary>Letters more.</summary>
    Insertion,

    /// <summary>Letters fewer.</summary>
    Deletion,

    /// <summary>Several letters for others.</summary>
    Complex,

    /// <summary><c>*</c>: the place is deleted by a variant of another line.</summary>
    Spanned,

    /// <summary>A symbol such as <c>&lt;DEL&gt;</c>, <c>&lt;NON_REF&gt;</c> or <c>&lt;*&gt;</c>.</summary>
    Symbolic,

    /// <summary>A breakend.</summary>
    Breakend,

    /// <summary>The letters of the reference again: no change.</summary>
    None,
}
