namespace MedTune.Tensors;

/// <summary>A normalization on the way back: the gradient behind it, what it normalized, its <see cref="NormalizationTable"/> and the bounds behind it.</summary>
public readonly ref struct NormalizationStage
{
    /// <summary>The gradient behind the normalization and its bounds.</summary>
    public Span<float> Gradient { get; init; }

    /// <summary>The blocked images that it normalized.</summary>
    public ReadOnlySpan<float> Input { get; init; }

    /// <summary>Its table.</summary>
    public Span<float> Table { get; init; }

    /// <summary>Lower bound; negative infinity for none.</summary>
    public float Minimum { get; init; }

    /// <summary>Upper bound, or infinity.</summary>
    public float Maximum { get; init; }

    internal void Require(int length, int table)
    {
        if (Gradient.Length != length || Input.Length != length || Table.Length != table)
        {
            throw new ArgumentException($"{Gradient.Length} gradients, {Input.Length} values and a table of {Table.Length} were given; {length}, {length} and {table} fit.");
        }
    }
}
