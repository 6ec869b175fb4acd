namespace MedTune.Graphs.Operators;

/// <summary>Where the elements of windows lie in one plane.</summary>
/// <param name="Taps">Elements of a window.</param>
/// <param name="Windows">Number of windows.</param>
/// <param name="Plane">Elements of the plane.</param>
/// <param name="Places">For every tap, then every window, the place in the plane; -1 in the padding.</param>
internal sealed record WindowTaps(int Taps, int Windows, int Plane, int[] Places)
{
    /// <summary>The places of one tap, one per window.</summary>
    public ReadOnlySpan<int> Of(int tap) => Places.AsSpan(tap * Windows, Windows);
}
