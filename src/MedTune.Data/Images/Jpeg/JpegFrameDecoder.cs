namespace MedTune.Data.Images;

/// <summary>Decodes the JPEG frames of DICOM files without a native library.</summary>
internal sealed class JpegFrameDecoder : IFrameDecoder
{
    public IReadOnlyCollection<string> TransferSyntaxes { get; } =
        [DicomSyntax.JpegBaseline, DicomSyntax.JpegExtended, DicomSyntax.JpegLossless, DicomSyntax.JpegLosslessFirstOrder];

    public DecodedFrame Decode(ReadOnlySpan<byte> frame, DicomPixelDescription description, string where)
    {
        JpegPicture picture = JpegDecoder.Decode(frame, where);
        return new DecodedFrame(picture.Width, picture.Height, picture.Components, picture.Precision, IsSigned: false, picture.Samples) { Color = picture.ToldColor };
    }
}
