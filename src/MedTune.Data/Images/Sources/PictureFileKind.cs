namespace MedTune.Data.Images;

/// <summary>How pictures are got out of a file.</summary>
internal enum PictureFileKind
{
    /// <summary>There are none in it.</summary>
    None,

    /// <summary>It is one picture.</summary>
    Picture,

    /// <summary>DICOM: a picture for each frame.</summary>
    Dicom,

    /// <summary>NIfTI, plain or packed: slices of a volume.</summary>
    Volume,
}
