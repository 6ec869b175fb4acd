namespace MedTune.Tensors;

/// <summary>What a reduction does with its running values.</summary>
internal interface IReduction
{
    /// <summary>The running values before anything is taken in.</summary>
    static abstract float Identity { get; }

    /// <summary>Takes in an element (of two spans, where the reduction reads two).</summary>
    static abstract T Accumulate<T>(T running, T x, T y)
        where T : struct, ILanes<T>;

    /// <summary>Joins two running values.</summary>
    static abstract T Combine<T>(T x, T y)
        where T : struct, ILanes<T>;
}
