namespace MedTune.Data.Images;

/// <summary>How the elements of a data set are written.</summary>
/// <param name="IsExplicit">Whether each element names its value representation.</param>
/// <param name="IsBigEndian">Whether numbers stand with the high byte first.</param>
internal readonly record struct DicomEncoding(bool IsExplicit, bool IsBigEndian)
{
    public static DicomEncoding ImplicitLittleEndian => new(false, false);

    public static DicomEncoding ExplicitLittleEndian => new(true, false);

    public static DicomEncoding ExplicitBigEndian => new(true, true);
}
