namespace MedTune.Tensors;

/// <summary>A function that a matrix product applies to its sums before it leaves them.</summary>
public enum ProductActivation
{
    /// <summary>The sums as they are.</summary>
    None,

    /// <summary><see cref="ReluKernel"/>.</summary>
    Relu,

    /// <summary><see cref="GeluKernel"/>.</summary>
    Gelu,

    /// <summary><see cref="GeluTanhKernel"/>.</summary>
    GeluTanh,
}
