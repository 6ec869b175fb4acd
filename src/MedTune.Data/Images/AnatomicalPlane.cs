namespace MedTune.Data.Images;

/// <summary>How a picture cuts through a patient.</summary>
public enum AnatomicalPlane
{
    /// <summary>Across the body: rows run from right to left, columns from front to back.</summary>
    Axial,

    /// <summary>Seen from the front.</summary>
    Coronal,

    /// <summary>Seen from the side.</summary>
    Sagittal,

    /// <summary>Askew to all three.</summary>
    Oblique,
}
