using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>Names of graph values that fine-tuning and explanations need.</summary>
public sealed record ManifestHead
{
    /// <summary>The margins before calibration, Float [N, K].</summary>
    public required string Margin { get; init; }

    /// <summary>The margins after calibration: what sigmoid or softmax is applied to.</summary>
    public required string CalibratedMargin { get; init; }

    /// <summary>The values training starts from, one row per sample: standardised features and level codes.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>Initializers that training changed.</summary>
    public required ImmutableArray<ManifestParameter> Parameters { get; init; }

    /// <summary>The initializer added to every margin.</summary>
    public required string Intercept { get; init; }

    /// <summary>For linear models: what each column adds to the margin. Empty for others.</summary>
    public ImmutableArray<ManifestTerm> Terms { get; init; } = [];
}
