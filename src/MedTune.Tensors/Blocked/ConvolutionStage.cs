namespace MedTune.Tensors;

/// <summary>What one convolution of a chain works with: packed filters, bias and bounds of its outputs.</summary>
public readonly ref struct ConvolutionStage
{
    /// <summary>Filters packed for this convolution.</summary>
    public ReadOnlySpan<float> Filters { get; init; }

    /// <summary>Empty, or one number per output channel filled up with zeros to whole blocks.</summary>
    public ReadOnlySpan<float> Bias { get; init; }

    /// <summary>Lower bound of the outputs; 0 for a ReLU, negative infinity for none.</summary>
    public float Minimum { get; init; }

    /// <summary>Upper bound of the outputs, or infinity.</summary>
    public float Maximum { get; init; }
}
