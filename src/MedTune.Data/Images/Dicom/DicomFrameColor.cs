namespace MedTune.Data.Images;

/// <summary>Which colors the three samples of a compressed frame are.</summary>
public enum DicomFrameColor
{
    /// <summary>The frame does not say: the header's photometric interpretation holds.</summary>
    AsDeclared,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Brightness and two color differences over the full range.</summary>
    Ybr,
}
