using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>What the header of a VCF or BCF file says.</summary>
public sealed class VcfHeader
{
    /// <summary>The version of the format, such as <c>4.2</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The contigs in the order of the header; often incomplete or missing.</summary>
    public required ImmutableArray<VcfContig> Contigs { get; init; }

    /// <summary>The keys of INFO that are defined.</summary>
    public required FrozenDictionary<string, VcfDefinition> Info { get; init; }

    /// <summary>The keys of FORMAT that are defined.</summary>
    public required FrozenDictionary<string, VcfDefinition> Format { get; init; }

    /// <summary>The samples in the order of the columns. They identify persons: never log or report them.</summary>
    public required ImmutableArray<string> Samples { get; init; }

    /// <summary>The build: by the lengths of the chromosomes, or else by what the header says of the reference.</summary>
    public required GenomeBuild Build { get; init; }

    /// <summary>Whether a FORMAT column follows INFO.</summary>
    internal bool HasFormat { get; init; }

    /// <summary>The minor version, 0 to 5.</summary>
    internal int Minor => Version[2] - '0';

    /// <summary>The dictionary of BCF: identifiers of FILTER, INFO and FORMAT by number.</summary>
    internal IReadOnlyDictionary<int, string> Identifiers { get; init; } = new Dictionary<int, string>();

    /// <summary>The contigs of BCF by number.</summary>
    internal IReadOnlyDictionary<int, string> ContigNumbers { get; init; } = new Dictionary<int, string>();
}
