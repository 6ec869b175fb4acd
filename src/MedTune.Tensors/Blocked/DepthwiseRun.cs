namespace MedTune.Tensors;

/// <summary>Places of an axis, a fixed distance apart, that meet the same filter elements, each at places one fixed step after those of the one before.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Distance">From one to the next.</param>
/// <param name="Step">How far the other side moves from one to the next.</param>
internal readonly record struct DepthwiseRun(int First, int Count, int Distance, int Step);
