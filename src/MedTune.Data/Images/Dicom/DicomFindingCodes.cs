namespace MedTune.Data.Images;

/// <summary>The codes of what the DICOM reader noticed or decided in a file; they hold nothing of the file's text.</summary>
public static class DicomFindingCodes
{
    /// <summary>The file has no meta header; the form of its data set was told from its structure.</summary>
    public const string GuessedSyntax = "dicom-guessed-syntax";

    /// <summary>The data set is written in another form (explicit, implicit) than the meta header declares; it was read as it is written.</summary>
    public const string SyntaxOtherThanDeclared = "dicom-syntax-other-than-declared";

    /// <summary>An attribute stands twice in the header; its first value was used.</summary>
    public const string RepeatedAttribute = "dicom-repeated-attribute";

    /// <summary>An attribute that the display could use has a value that cannot be read; it counts as absent.</summary>
    public const string UnreadableAttribute = "dicom-unreadable-attribute";

    /// <summary>The photometric interpretation is missing; one sample a pixel was taken as MONOCHROME2, three as RGB.</summary>
    public const string AssumedPhotometric = "dicom-assumed-photometric";

    /// <summary>The pixel data are longer than the described frames; the rest was ignored.</summary>
    public const string LongerPixelData = "dicom-longer-pixel-data";

    /// <summary>The photometric interpretation tells of halved color columns, the bytes hold all of them; all were read.</summary>
    public const string FullChroma = "dicom-full-chroma";

    /// <summary>The table of frame offsets does not fit the fragments; the frames were told from the fragments.</summary>
    public const string OffsetTableIgnored = "dicom-offset-table-ignored";

    /// <summary>A compressed frame is signed where the header says unsigned, or the other way around; the header was followed.</summary>
    public const string PixelRepresentationMismatch = "dicom-pixel-representation-mismatch";

    /// <summary>A compressed frame holds values of more bits than the header says; they were kept.</summary>
    public const string PrecisionMismatch = "dicom-precision-mismatch";

    /// <summary>A JPEG frame says itself whether its colors are YBR or RGB, and the header says otherwise; the frame was followed.</summary>
    public const string ColorSpaceMismatch = "dicom-color-space-mismatch";

    /// <summary>The rescale slope is zero; slope 1 was used.</summary>
    public const string RescaleSlopeZero = "dicom-rescale-slope-zero";

    /// <summary>The file's window or lookup table cannot be used; the full range of the values was shown instead.</summary>
    public const string WindowUnusable = "dicom-window-unusable";

    /// <summary>A lookup table says 16 bits and holds 8; it was read as 8 bits.</summary>
    public const string EightBitTable = "dicom-eight-bit-table";

    /// <summary>The pixels are not square.</summary>
    public const string PixelsNotSquare = "dicom-pixels-not-square";

    /// <summary>The file has overlay planes; they were left out.</summary>
    public const string OverlayLeftOut = "dicom-overlay-left-out";

    /// <summary>The header says that text is burnt into the picture.</summary>
    public const string BurnedInText = "dicom-burned-in-text";

    /// <summary>The pixels are floating-point numbers, which are not read.</summary>
    public const string FloatPixels = "dicom-float-pixels";
}
