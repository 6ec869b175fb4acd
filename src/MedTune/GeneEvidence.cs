using System.Collections.Immutable;
using MedTune.Data.Genes;

namespace MedTune;

/// <summary>What the report shows of a model for gene data, beside what every model has.</summary>
public sealed record GeneEvidence
{
    /// <summary>What there is of each sample.</summary>
    public required GeneForm Form { get; init; }

    /// <summary>Share of the most frequent class: the accuracy of always answering it.</summary>
    public required double MajorityShare { get; init; }

    /// <summary>What can be reached without reading a sequence; null for tables.</summary>
    public SequenceFloors? Floors { get; init; }

    /// <summary>Genes or variants that the linear model chose, those chosen most often first; empty where there is none.</summary>
    public ImmutableArray<ChosenGene> Genes { get; init; } = [];

    /// <summary>Words that the linear model on words weighs most, by class, the strongest first; empty for tables.</summary>
    public ImmutableArray<SequenceWord> Words { get; init; } = [];

    /// <summary>What the filters of networks look for, those that go most with a class first; empty where no network of that kind counts.</summary>
    public ImmutableArray<SequenceMotif> Motifs { get; init; } = [];

    /// <summary>In-silico mutagenesis, class by class; empty for tables, and where sequences are of several lengths.</summary>
    public ImmutableArray<MutationMap> Mutations { get; init; } = [];

    /// <summary>What chance reaches; null where labels were not shuffled.</summary>
    public ShuffledLabels? Shuffled { get; init; }
}
