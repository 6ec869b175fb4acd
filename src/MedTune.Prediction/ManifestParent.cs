namespace MedTune.Prediction;

/// <summary>The model that another was fine-tuned from.</summary>
public sealed record ManifestParent
{
    /// <summary>SHA-256 of its file.</summary>
    public required string Digest { get; init; }

    /// <summary>Its kind of model.</summary>
    public required string ModelKind { get; init; }

    /// <summary>Its target rule.</summary>
    public required string Target { get; init; }

    /// <summary>Number of samples it was fitted to.</summary>
    public required int TrainingSamples { get; init; }

    /// <summary>SHA-256 of the data it was fitted to.</summary>
    public required string DataDigest { get; init; }

    /// <summary>
    /// How it was adapted: <c>as is</c>, <c>new intercept</c>, <c>intercept and slope</c>, <c>shrunk refit</c>, <c>last layer</c>,
    /// <c>all layers</c>, <c>leaves refitted</c>, <c>boosting continued</c>, <c>mixture</c>, or a model trained anew; of pictures <c>frozen</c> or <c>fine-tuned</c>.
    /// </summary>
    public required string Adaptation { get; init; }

    /// <summary>Its own parent.</summary>
    public ManifestParent? Parent { get; init; }

    /// <summary>What a model remembers of the one it was made from.</summary>
    internal static ManifestParent Of(ModelFile parent, string adaptation) => new()
    {
        Digest = parent.Digest,
        ModelKind = parent.Manifest.ModelKind,
        Target = parent.Manifest.Target,
        TrainingSamples = parent.Manifest.TrainingSamples,
        DataDigest = parent.Manifest.DataDigest,
        Adaptation = adaptation,
        Parent = parent.Manifest.Parent,
    };
}
