namespace MedTune;

/// <summary>A picture with where the answer comes from laid over it.</summary>
/// <param name="Method">How it was found: <c>Grad-CAM</c> or <c>Occlusion</c>.</param>
/// <param name="Class">The class or finding it speaks for.</param>
/// <param name="Overlay">The picture in grey, in colour where it matters: from violet (little) to yellow (most).</param>
/// <param name="Meaning">What the values mean, as a sentence.</param>
public sealed record SaliencyPicture(string Method, string Class, EvidencePicture Overlay, string Meaning);
