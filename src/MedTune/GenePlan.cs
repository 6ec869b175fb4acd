using System.Text.Json.Serialization;
using MedTune.Modalities.Genes;

namespace MedTune;

/// <summary>The choices of a run on gene data, beside those that every plan has.</summary>
public sealed record GenePlan
{
    /// <summary>What there is of each sample: <c>expression</c>, <c>sequence</c> or <c>genotype</c>.</summary>
    public string Form { get; init; } = ExpressionForm;

    /// <summary>How many of the outer folds are judged: fewer than there are where the time was up; null for all.</summary>
    public int? FoldsInTime { get; init; }

    /// <summary>Times that labels are shuffled to see what chance alone reaches; 0 to leave it out, at most 10,000.</summary>
    public int Permutations { get; init; } = 200;

    /// <summary>SHA-256 of the network that learned DNA, with which networks for sequences begin; empty to begin from nothing.</summary>
    public string NetworkDigest { get; init; } = "";

    /// <summary>That network. Setting it sets its digest.</summary>
    [JsonIgnore]
    internal PretrainedDna? Network
    {
        get;
        init
        {
            field = value;
            NetworkDigest = value?.Digest ?? "";
        }
    }

    internal const string ExpressionForm = "expression";
    internal const string SequenceForm = "sequence";
    internal const string GenotypeForm = "genotype";
}
