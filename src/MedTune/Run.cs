using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune;

/// <summary>A finished run: the model, and the evidence for it.</summary>
public sealed record Run
{
    /// <summary>What was run.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The model.</summary>
    public required ModelFile Model { get; init; }

    /// <summary>The figures of each part.</summary>
    public required RunMetrics Metrics { get; init; }

    /// <summary>The parts with their predictions: <c>oof</c>, and <c>test</c> where there is one.</summary>
    public required ImmutableArray<PartEvaluation> Parts { get; init; }

    /// <summary>The kinds of model that were tried, the safest first.</summary>
    public required ImmutableArray<CandidateResult> Candidates { get; init; }

    /// <summary>What the data were.</summary>
    public required DatasetSummary Data { get; init; }

    /// <summary>What happened, in order, for <c>log.jsonl</c>.</summary>
    public required ImmutableArray<RunEvent> Events { get; init; }

    /// <summary>The model's columns by outcome and by part of the data; null where they were not measured.</summary>
    public BaselineTable? Baseline { get; init; }

    /// <summary>What the columns add to the answers over the samples that judge the model; null where that was not found out.</summary>
    public ContributionSummary? Contributions { get; init; }

    /// <summary>How good the model is at sites it was not made at; null where no site was left out in turn.</summary>
    public SiteFigures? Sites { get; init; }

    /// <summary>What is shown of a model of pictures; null for tables, and where it was not made.</summary>
    public ImageEvidence? Images { get; init; }

    /// <summary>What is shown of a model for gene data; null for tables and pictures.</summary>
    public GeneEvidence? Genes { get; init; }

    /// <summary>Samples that a person should read again, the most suspicious first; empty where none were looked for.</summary>
    public ImmutableArray<HardSample> HardSamples { get; init; } = [];

    /// <summary>Whether the data themselves said which part is tested on.</summary>
    public bool HasTestPart { get; init; }

    /// <summary>Digest of the sealed part; empty when there is none.</summary>
    public required string TestDigest { get; init; }
}
