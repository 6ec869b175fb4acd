namespace MedTune.Data.Images;

/// <summary>How slices of one plane lie in the voxels of a volume, turned as a radiologist sees them: the patient's left on the right, front or head at the top.</summary>
/// <param name="Plane">The plane, or null where the file does not say where its axes point: then the slices lie across its third axis, as they are.</param>
/// <param name="Across">The axis the slices are numbered along.</param>
/// <param name="Along">The axis of a row.</param>
/// <param name="Down">The axis of a column.</param>
/// <param name="IsAlongReversed">Whether a row runs against its axis.</param>
/// <param name="IsDownReversed">Whether a column runs against its axis.</param>
internal sealed record NiftiCut(AnatomicalPlane? Plane, int Across, int Along, int Down, bool IsAlongReversed, bool IsDownReversed)
{
    /// <summary>The cut of an orientation.</summary>
    /// <param name="orientation">Where each axis grows, as <see cref="NiftiHeader.Orientation"/>.</param>
    /// <param name="plane">The plane wanted; none that is oblique.</param>
    public static NiftiCut Of(string orientation, AnatomicalPlane plane)
    {
        (char along, char down) = plane switch
        {
            AnatomicalPlane.Axial => ('L', 'P'),
            AnatomicalPlane.Coronal => ('L', 'I'),
            AnatomicalPlane.Sagittal => ('P', 'I'),
            _ => throw new ArgumentOutOfRangeException(nameof(plane), plane, "A volume is cut along its axes: axial, coronal or sagittal."),
        };
        (int x, int y) = (orientation.IndexOfAny([along, Opposite(along)]), orientation.IndexOfAny([down, Opposite(down)]));
        return x < 0 || y < 0 || orientation.Contains('?', StringComparison.Ordinal)
            ? new NiftiCut(null, 2, 0, 1, false, false)
            : new NiftiCut(plane, 3 - x - y, x, y, orientation[x] != along, orientation[y] != down);
    }

    private static char Opposite(char letter) => letter switch
    {
        'L' => 'R',
        'P' => 'A',
        _ => 'S',
    };
}
