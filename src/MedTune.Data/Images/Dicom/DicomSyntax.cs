using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>A transfer syntax: how a file's data set and its pixels are written.</summary>
/// <param name="Identifier">Its number in the standard.</param>
/// <param name="Name">Its name, for sentences.</param>
/// <param name="IsDeflated">Whether the data set is compressed as a whole.</param>
/// <param name="IsEncapsulated">Whether the pixels lie in fragments, usually compressed.</param>
public sealed record DicomSyntax(string Identifier, string Name, bool IsDeflated = false, bool IsEncapsulated = false)
{
    /// <summary>Implicit VR little endian, the standard's default.</summary>
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";

    /// <summary>Explicit VR little endian.</summary>
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    /// <summary>Explicit VR big endian (retired, still found).</summary>
    public const string ExplicitBigEndian = "1.2.840.10008.1.2.2";

    /// <summary>Explicit VR little endian, deflated.</summary>
    public const string Deflated = "1.2.840.10008.1.2.1.99";

    /// <summary>RLE lossless.</summary>
    public const string Rle = "1.2.840.10008.1.2.5";

    /// <summary>JPEG baseline, 8 bits.</summary>
    public const string JpegBaseline = "1.2.840.10008.1.2.4.50";

    /// <summary>JPEG extended, 8 or 12 bits.</summary>
    public const string JpegExtended = "1.2.840.10008.1.2.4.51";

    /// <summary>JPEG lossless with any predictor.</summary>
    public const string JpegLossless = "1.2.840.10008.1.2.4.57";

    /// <summary>JPEG lossless with the first predictor.</summary>
    public const string JpegLosslessFirstOrder = "1.2.840.10008.1.2.4.70";

    /// <summary>JPEG-LS lossless.</summary>
    public const string JpegLsLossless = "1.2.840.10008.1.2.4.80";

    /// <summary>JPEG-LS near-lossless.</summary>
    public const string JpegLsNearLossless = "1.2.840.10008.1.2.4.81";

    /// <summary>JPEG 2000, lossless only.</summary>
    public const string Jpeg2000Lossless = "1.2.840.10008.1.2.4.90";

    /// <summary>JPEG 2000.</summary>
    public const string Jpeg2000 = "1.2.840.10008.1.2.4.91";

    /// <summary>The syntaxes the reader knows by name, those it refuses included.</summary>
    /// <remarks>DICOM PS3.6, annex A.</remarks>
    public static ImmutableArray<DicomSyntax> Known { get; } =
    [
        new(ImplicitLittleEndian, "implicit VR little endian"),
        new(ExplicitLittleEndian, "explicit VR little endian"),
        new(ExplicitBigEndian, "explicit VR big endian"),
        new(Deflated, "deflated explicit VR little endian", IsDeflated: true),
        new(Rle, "RLE lossless", IsEncapsulated: true),
        new(JpegBaseline, "JPEG baseline", IsEncapsulated: true),
        new(JpegExtended, "JPEG extended", IsEncapsulated: true),
        new(JpegLossless, "JPEG lossless", IsEncapsulated: true),
        new(JpegLosslessFirstOrder, "JPEG lossless, first-order prediction", IsEncapsulated: true),
        new(JpegLsLossless, "JPEG-LS lossless", IsEncapsulated: true),
        new(JpegLsNearLossless, "JPEG-LS near-lossless", IsEncapsulated: true),
        new(Jpeg2000Lossless, "JPEG 2000 lossless", IsEncapsulated: true),
        new(Jpeg2000, "JPEG 2000", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.92", "JPEG 2000 multi-component lossless", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.93", "JPEG 2000 multi-component", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.100", "MPEG-2 video", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.102", "MPEG-4 video", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.103", "MPEG-4 video", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.107", "HEVC video", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.201", "high-throughput JPEG 2000 lossless", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.202", "high-throughput JPEG 2000 lossless", IsEncapsulated: true),
        new("1.2.840.10008.1.2.4.203", "high-throughput JPEG 2000", IsEncapsulated: true),
    ];

    internal DicomEncoding Encoding => Identifier switch
    {
        ImplicitLittleEndian => DicomEncoding.ImplicitLittleEndian,
        ExplicitBigEndian => DicomEncoding.ExplicitBigEndian,
        _ => DicomEncoding.ExplicitLittleEndian,
    };

    internal static DicomSyntax? Find(string identifier) => Known.FirstOrDefault(syntax => syntax.Identifier == identifier);
}
