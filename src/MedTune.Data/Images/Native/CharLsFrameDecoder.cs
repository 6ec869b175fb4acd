namespace MedTune.Data.Images;

/// <summary>Decodes the JPEG-LS frames of DICOM files by CharLS.</summary>
internal sealed class CharLsFrameDecoder : IFrameDecoder
{
    public IReadOnlyCollection<string> TransferSyntaxes { get; } = [DicomSyntax.JpegLsLossless, DicomSyntax.JpegLsNearLossless];

    public DecodedFrame Decode(ReadOnlySpan<byte> frame, DicomPixelDescription description, string where)
    {
        // Before the library sees it, because it allocates what the frame claims.
        var header = JpegLsHeader.Read(frame, where);
        header.Check(description, where);
        var picture = CharLsImages.Read(frame, where);
        return new DecodedFrame(picture.Width, picture.Height, picture.Channels, header.Precision, IsSigned: false, Array.ConvertAll(picture.Samples, sample => (int)sample));
    }
}
