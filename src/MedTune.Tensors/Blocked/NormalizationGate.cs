namespace MedTune.Tensors;

/// <summary>
/// The bounds of what followed a normalization, on its way back: a gradient counts where minimum &lt; x · scale + shift &lt; maximum, computed again from x as the
/// way forward computed it, so that the bounded images need not be read.
/// </summary>
public readonly ref struct NormalizationGate
{
    /// <summary>The forward's factor of every channel; empty for no bounds.</summary>
    public ReadOnlySpan<float> Scale { get; init; }

    /// <summary>The forward's constant of every channel.</summary>
    public ReadOnlySpan<float> Shift { get; init; }

    /// <summary>Lower bound; 0 for a ReLU.</summary>
    public float Minimum { get; init; }

    /// <summary>Upper bound, or infinity.</summary>
    public float Maximum { get; init; }
}
