using System.Collections.Immutable;

namespace MedTune;

/// <summary>A pretrained model on a hub that is known by name, but that does not ship with MedTune: its file is brought by an entry in the user's own catalogue.</summary>
/// <param name="Name">What one types.</param>
/// <param name="Origin">Who made it, and where it lies.</param>
/// <param name="Licence">The licence as its page names it.</param>
public sealed record HubModel(string Name, string Origin, string Licence)
{
    /// <summary>Models for DNA.</summary>
    public static ImmutableArray<HubModel> All { get; } =
    [
        new("dnabert-2", "Zhou et al., ICLR 2024; zhihan1996/DNABERT-2-117M on Hugging Face; reads byte pairs", "the file LICENSE beside it"),
        new("hyenadna", "Nguyen et al., NeurIPS 2023; LongSafari/hyenadna-tiny-1k-seqlen and larger ones on Hugging Face; reads single letters", "bsd-3-clause"),
        new("nucleotide-transformer", "Dalla-Torre et al., Nature Methods 2025; InstaDeepAI/nucleotide-transformer-2.5b-1000g and smaller ones on Hugging Face; reads words of six letters", "cc-by-nc-sa-4.0 (not for commercial use)"),
    ];
}
