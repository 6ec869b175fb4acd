namespace MedTune.Data.Genes;

/// <summary>How variants are read.</summary>
public sealed record VcfReadOptions
{
    /// <summary>How much of the specification a file must keep. Default: <see cref="VcfStrictness.Practical"/>.</summary>
    public VcfStrictness Strictness { get; init; } = VcfStrictness.Practical;

    /// <summary>The build a person says the positions belong to; a header that says another one is refused. Default: unknown, as the header says.</summary>
    public GenomeBuild Build { get; init; } = GenomeBuild.Unknown;

    internal static VcfReadOptions Default { get; } = new();
}
