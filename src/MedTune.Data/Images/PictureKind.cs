namespace MedTune.Data.Images;

/// <summary>What a file of pictures is, by its first bytes.</summary>
public enum PictureKind
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>TIFF, little or big endian, BigTIFF too.</summary>
    Tiff,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>JPEG 2000, as a file (JP2) or a bare code stream.</summary>
    Jpeg2000,

    /// <summary>DICOM with its preamble. Files without one cannot be told by their first bytes.</summary>
    Dicom,

    /// <summary>NIfTI, plain.</summary>
    Nifti,

    /// <summary>gzip: perhaps NIfTI inside.</summary>
    Gzip,

    /// <summary>A ZIP archive: perhaps NumPy's <c>.npz</c>.</summary>
    Zip,
}
