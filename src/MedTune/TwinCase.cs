namespace MedTune;

/// <summary>Two pictures that are the same, or almost.</summary>
/// <param name="First">One of them.</param>
/// <param name="Second">The other.</param>
/// <param name="IsExact">Whether every pixel is equal.</param>
/// <param name="FirstLabel">The label of one, with its part where the data divides itself.</param>
/// <param name="SecondLabel">That of the other.</param>
public sealed record TwinCase(EvidencePicture First, EvidencePicture Second, bool IsExact, string FirstLabel, string SecondLabel);
