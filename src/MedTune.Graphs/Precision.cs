namespace MedTune.Graphs;

/// <summary>In what a plan computes the values that the graph calls Float.</summary>
public enum Precision
{
    /// <summary>binary32 through the vector kernels: training of networks, prediction.</summary>
    Float,

    /// <summary>binary64 through the operators' plain scalar code: the reference, gradient checks, and fits that must converge far.</summary>
    Double,
}
