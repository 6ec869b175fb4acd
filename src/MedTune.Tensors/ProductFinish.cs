namespace MedTune.Tensors;

/// <summary>What is done to the sums of a matrix product while they are still in the cache: c = activation(c + bias) + addend.</summary>
public readonly ref struct ProductFinish
{
    /// <summary>Empty, or one value per column.</summary>
    public ReadOnlySpan<float> Bias { get; init; }

    /// <summary>The function; none by default.</summary>
    public ProductActivation Activation { get; init; }

    /// <summary>Empty, or a matrix like c with the row step of c, such as a residual; it must not overlap c.</summary>
    public ReadOnlySpan<float> Addend { get; init; }
}
