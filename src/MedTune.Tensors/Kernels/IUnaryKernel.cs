namespace MedTune.Tensors;

/// <summary>A function of one float, applied to whole spans by <see cref="ElementWise"/>.</summary>
/// <remarks>A kernel is an empty struct; its formula is written once over <see cref="ILanes{TSelf}"/>.</remarks>
public interface IUnaryKernel
{
    /// <summary>Whether the formula runs on vectors; one that does not is called with single floats only.</summary>
    static virtual bool IsVectorized => true;

    /// <summary>The function, lane by lane.</summary>
    static abstract T Invoke<T>(T x)
        where T : struct, ILanes<T>;
}
