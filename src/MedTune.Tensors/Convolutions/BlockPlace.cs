namespace MedTune.Tensors;

/// <summary>Where the blocks of an output lie among those of a wider tensor that several convolutions write side by side.</summary>
/// <param name="First">Blocks of a sample that lie before them.</param>
/// <param name="All">Blocks of a sample of the wider tensor; 0, the default, for an output that stands alone.</param>
public readonly record struct BlockPlace(int First, int All);
