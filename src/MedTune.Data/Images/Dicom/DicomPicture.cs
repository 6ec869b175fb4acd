using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>A frame as a display would show it, and what was chosen to show it so.</summary>
/// <param name="Image">The picture, samples from 0 (black) to 255 (white), fractions kept.</param>
/// <param name="WindowSource">Where the brightness comes from.</param>
/// <param name="Window">The window that was used; null for a lookup table and for color.</param>
/// <param name="PixelAspect">A pixel's height over its width; the picture itself is not stretched.</param>
/// <param name="Findings">What was noticed in this frame: codes of <see cref="DicomFindingCodes"/>, sorted.</param>
public sealed record DicomPicture(
    PixelImage Image, DicomWindowSource WindowSource, DicomWindow? Window, double PixelAspect, ImmutableArray<string> Findings);
