using System.Collections.Immutable;

namespace MedTune;

/// <summary>What a model expects of an image: (value - mean) / deviation per channel, values from 0 to 255.</summary>
/// <param name="Order">The channels in order: <c>RGB</c>, <c>BGR</c> or <c>grey</c>.</param>
/// <param name="Mean">One number per channel.</param>
/// <param name="Deviation">One number per channel, above 0.</param>
/// <param name="Height">Pixels; at least 1.</param>
/// <param name="Width">Pixels; at least 1.</param>
public sealed record InputNormalization(string Order, ImmutableArray<double> Mean, ImmutableArray<double> Deviation, int Height, int Width);
