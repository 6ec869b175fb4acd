using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>The header of a NIfTI-1 or NIfTI-2 file: shape, element type, scaling and orientation.</summary>
/// <param name="Lengths">Voxels along each axis, 1 to 7 axes.</param>
/// <param name="Spacing">Distance between voxels, as the file says it (usually millimetres, seconds for time).</param>
/// <param name="Type">The datatype code of the standard.</param>
/// <param name="ElementBytes">Bytes of a voxel.</param>
/// <param name="Start">Offset of the first voxel.</param>
/// <param name="Slope">Factor of the stored values; 1 where the file says none.</param>
/// <param name="Intercept">What is added after scaling.</param>
/// <param name="DisplayLow">The value to show as black (cal_min); 0 with <paramref name="DisplayHigh"/> 0 where the file says none.</param>
/// <param name="DisplayHigh">The value to show as white (cal_max).</param>
/// <param name="Orientation">Where each of the first three axes points: <c>LAS</c> is left, anterior, superior; <c>???</c> where the file does not say.</param>
/// <param name="IsBigEndian">Whether high bytes come first.</param>
/// <remarks>Fields and offsets: nifti1.h and nifti2.h of the NIfTI Data Format Working Group.</remarks>
public sealed record NiftiHeader(
    ImmutableArray<long> Lengths,
    ImmutableArray<double> Spacing,
    int Type,
    int ElementBytes,
    long Start,
    double Slope,
    double Intercept,
    double DisplayLow,
    double DisplayHigh,
    string Orientation,
    bool IsBigEndian)
{
    /// <summary>Voxels of the whole file.</summary>
    public long Count => Lengths.Aggregate(1L, (count, length) => count * length);
}
