namespace MedTune.Data.Images;

/// <summary>What a DICOM header or the matrix of a NIfTI file says of how a picture was taken; nothing in it names a person.</summary>
public sealed record PictureOrigin
{
    /// <summary>Stands in for the study; null where the file does not say.</summary>
    public string? Study { get; init; }

    /// <summary>Stands in for the series; null where the file does not say, and for other files than DICOM.</summary>
    public string? Series { get; init; }

    /// <summary>The kind of device, such as CT, MR, DX or US; null where the file does not say.</summary>
    public string? DicomModality { get; init; }

    /// <summary>How the picture cuts through the patient; null where the file does not say.</summary>
    public AnatomicalPlane? Plane { get; init; }

    /// <summary>The direction of a radiograph, such as PA or LL; null where the file does not say.</summary>
    public string? ViewPosition { get; init; }

    /// <summary>Whether it is an overview to plan other pictures by (a localizer or scout).</summary>
    public bool IsLocalizer { get; init; }

    /// <summary>Columns as the header says; 0 where it does not.</summary>
    public int Width { get; init; }

    /// <summary>Rows as the header says; 0 where it does not.</summary>
    public int Height { get; init; }
}
