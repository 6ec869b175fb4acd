namespace MedTune.Graphs;

/// <summary>What a leaf adds to one output.</summary>
/// <param name="Target">The output, from 0.</param>
/// <param name="Weight">The summand.</param>
public readonly record struct TreeWeight(int Target, double Weight);
