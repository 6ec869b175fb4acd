using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MedTune.Data.Genes;

namespace MedTune.Prediction;

/// <summary>What a gene model's file remembers of its input; tables have columns instead.</summary>
public sealed record ManifestGenes
{
    /// <summary>The input of a model of measurements, Float [N, genes], missing as NaN.</summary>
    public const string Expression = "expression";

    /// <summary>The input of a model of sequences, Int64 [N, length]: A 0, C 1, G 2, T 3, any other letter 4, behind the end 5.</summary>
    public const string Tokens = "tokens";

    /// <summary>The input of a model of genotypes, Float [N, variants]: copies of the alternate allele, unknown as NaN.</summary>
    public const string Dosages = "dosages";

    /// <summary>The graph's one input: <see cref="Expression"/>, <see cref="Tokens"/> or <see cref="Dosages"/>.</summary>
    public required string Input { get; init; }

    /// <summary>Genes or variants in the order of the input; empty for sequences.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>Letters that the model takes at most; 0 for tables.</summary>
    public int Length { get; init; }

    /// <summary>The shortest sequence seen in training; 0 for tables.</summary>
    public int ShortestSequence { get; init; }

    /// <summary>The smallest value seen in training; null for sequences.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest value seen in training; null for sequences.</summary>
    public double? Maximum { get; init; }

    /// <summary>The build of the genome that variants belong to; empty where it is not known or does not matter.</summary>
    public string Build { get; init; } = "";

    /// <summary>SHA-256 of the network that learned DNA, with which a network of the model began; empty where there was none.</summary>
    public string NetworkDigest { get; init; } = "";

    /// <summary>The form of data that the model reads.</summary>
    [JsonIgnore]
    public GeneForm Form => Input switch { Expression => GeneForm.Expression, Tokens => GeneForm.Sequence, Dosages => GeneForm.Genotype, _ => GeneForm.None };
}
