namespace MedTune.Data.Images;

/// <summary>The plane of a DICOM picture.</summary>
internal static class DicomPlane
{
    // Within 37 degrees: a tilted gantry (30 at most) still cuts across the body.
    private const double LeastCosine = 0.8;

    /// <summary>From the directions of a row and of a column in the patient's coordinates (PS3.3, C.7.6.2): their normal tells it.</summary>
    /// <param name="orientation">Six cosines; null where there is none.</param>
    /// <returns>Null where the directions say nothing.</returns>
    public static AnatomicalPlane? Of(IReadOnlyList<double>? orientation)
    {
        if (orientation is not [var rowX, var rowY, var rowZ, var columnX, var columnY, var columnZ])
        {
            return null;
        }

        (double x, double y, double z) = ((rowY * columnZ) - (rowZ * columnY), (rowZ * columnX) - (rowX * columnZ), (rowX * columnY) - (rowY * columnX));
        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        return !(length > 1e-6) || !double.IsFinite(length) ? null
            : Math.Abs(z) >= LeastCosine * length ? AnatomicalPlane.Axial
            : Math.Abs(y) >= LeastCosine * length ? AnatomicalPlane.Coronal
            : Math.Abs(x) >= LeastCosine * length ? AnatomicalPlane.Sagittal
            : AnatomicalPlane.Oblique;
    }
}
