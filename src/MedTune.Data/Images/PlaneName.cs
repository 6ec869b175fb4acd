namespace MedTune.Data.Images;

/// <summary>How planes are written in options and files.</summary>
public static class PlaneName
{
    /// <summary>The name of a plane, such as <c>axial</c>.</summary>
    /// <param name="plane">The plane.</param>
    public static string Of(AnatomicalPlane plane) => plane.ToString().ToLowerInvariant();

    /// <summary>The plane of a name that volumes can be cut along; null for another word.</summary>
    /// <param name="name">The word, in whatever letters.</param>
    public static AnatomicalPlane? Parse(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        "axial" => AnatomicalPlane.Axial,
        "coronal" => AnatomicalPlane.Coronal,
        "sagittal" => AnatomicalPlane.Sagittal,
        _ => null,
    };
}
