using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MedTune.Prediction;

/// <summary>What a model file remembers beside its graph; stored as JSON under the metadata key <c>medtune.manifest</c>.</summary>
public sealed record Manifest
{
    /// <summary>The metadata key of the manifest.</summary>
    public const string MetadataKey = "medtune.manifest";

    /// <summary>Version of this record's form. Now 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The version of MedTune that wrote the file.</summary>
    public required string Version { get; init; }

    /// <summary>The numerics profile the weights were computed with.</summary>
    public required int NumericsProfile { get; init; }

    /// <summary>What is answered: <c>binary</c>, <c>multiclass</c>, or <c>multilabel</c> (findings, each of which is there or not).</summary>
    public required string Task { get; init; }

    /// <summary>The kind of model: <c>logistic regression</c>, <c>perceptron</c> ...</summary>
    public required string ModelKind { get; init; }

    /// <summary>The target as it was given: a column or a rule such as <c>num>0</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The classes or findings in the order of the probabilities; of classes the positive one last.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>The inputs, in order; empty for a model of pictures or of gene data.</summary>
    public required ImmutableArray<ManifestColumn> Columns { get; init; }

    /// <summary>For a model of pictures, what it takes; null for tables.</summary>
    public ManifestImage? Image { get; init; }

    /// <summary>For a model of gene data, what it takes; null for tables and pictures.</summary>
    public ManifestGenes? Genes { get; init; }

    /// <summary>Cell texts that mean "missing", beside the empty one.</summary>
    public required ImmutableArray<string> MissingMarkers { get; init; }

    /// <summary>The probability from which the positive class is answered; null for several classes.</summary>
    public double? Threshold { get; init; }

    /// <summary>For several findings, the probability from which each is answered to be there, in the order of <see cref="Classes"/>; null for classes.</summary>
    public ImmutableArray<double>? Thresholds { get; init; }

    /// <summary>How the threshold was chosen, in words; of several findings, how each was.</summary>
    public string ThresholdRule { get; init; } = "";

    /// <summary>Which classes cannot be ruled out for a sample; null where too few samples were predicted out of fold, of findings, and in older files.</summary>
    public ManifestSets? Sets { get; init; }

    /// <summary>For each of several findings, in the order of <see cref="Classes"/>, when its presence and when its absence cannot be ruled out; null where too few samples were predicted out of fold, for classes, and in older files.</summary>
    public ImmutableArray<ManifestSets>? FindingSets { get; init; }

    /// <summary>Correction of the margins inside the graph: <c>none</c>, <c>platt</c> or <c>temperature</c>; <c>platt for some</c> where only some findings needed it.</summary>
    public string Calibration { get; init; } = "none";

    /// <summary>Part (<c>oof</c>, <c>test</c>) to metric name to estimate.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, ManifestEstimate>> Metrics { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, ManifestEstimate>>(StringComparer.Ordinal);

    /// <summary>Part to the number of samples its figures were measured on.</summary>
    public ImmutableSortedDictionary<string, int> MeasuredSamples { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Number of samples the model was fitted to.</summary>
    public required int TrainingSamples { get; init; }

    /// <summary>How many of them per class or with each finding, in the order of <see cref="Classes"/>.</summary>
    public required ImmutableArray<int> TrainingClassCounts { get; init; }

    /// <summary>SHA-256 of the data the model was fitted to.</summary>
    public required string DataDigest { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The model this one was fine-tuned from.</summary>
    public ManifestParent? Parent { get; init; }

    /// <summary>The licence of the model file, as the user set it.</summary>
    public string Licence { get; init; } = "";

    /// <summary>What the model is meant for, as the user set it.</summary>
    public string IntendedUse { get; init; } = "";

    /// <summary>Where the trainable part of the graph is, for fine-tuning and explanations.</summary>
    public required ManifestHead Head { get; init; }

    /// <summary>Whether the classes are findings, of which a sample may have none, one or several.</summary>
    [JsonIgnore]
    public bool HasFindings => Task == Multilabel;

    internal const string Multilabel = "multilabel";

    /// <summary>
    /// Whether explanations speak of the answer's own log-odds. A moved model may be corrected behind the source's calibration, and what moved
    /// it there must not be left out; the terms of a linear model stay in front of it.
    /// </summary>
    internal bool IsExplainedCalibrated => Parent is not null && Head.Terms.IsEmpty;

    /// <summary>The margins that explanations take apart.</summary>
    internal string ExplainedMargin => IsExplainedCalibrated ? Head.CalibratedMargin : Head.Margin;
}
