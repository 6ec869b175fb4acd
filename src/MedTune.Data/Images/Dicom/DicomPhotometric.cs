namespace MedTune.Data.Images;

/// <summary>What the samples of a pixel mean (PS3.3, C.7.6.3.1.2).</summary>
public enum DicomPhotometric
{
    /// <summary>Grey; the lowest value is white.</summary>
    Monochrome1,

    /// <summary>Grey; the lowest value is black.</summary>
    Monochrome2,

    /// <summary>Indices into three tables of red, green and blue.</summary>
    PaletteColor,

    /// <summary>Red, green and blue.</summary>
    Rgb,

    /// <summary>Brightness and two color differences over the full range of values.</summary>
    YbrFull,

    /// <summary>As <see cref="YbrFull"/>, the color differences stored for every other column.</summary>
    YbrFull422,

    /// <summary>As <see cref="YbrFull422"/>, over the range of studio video (16 to 235 and 16 to 240 of 256).</summary>
    YbrPartial422,

    /// <summary>JPEG 2000's irreversible transform; decoders undo it, so that samples are red, green and blue.</summary>
    YbrIct,

    /// <summary>JPEG 2000's reversible transform; decoders undo it, so that samples are red, green and blue.</summary>
    YbrRct,
}
