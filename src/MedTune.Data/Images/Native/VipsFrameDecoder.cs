namespace MedTune.Data.Images;

/// <summary>Decodes the JPEG 2000 frames of DICOM files by libvips.</summary>
internal sealed class VipsFrameDecoder : IFrameDecoder
{
    public IReadOnlyCollection<string> TransferSyntaxes { get; } = [DicomSyntax.Jpeg2000Lossless, DicomSyntax.Jpeg2000];

    public DecodedFrame Decode(ReadOnlySpan<byte> frame, DicomPixelDescription description, string where)
    {
        var header = Jpeg2000Header.Read(frame, where);
        header.Check(description, where);
        var picture = VipsImages.Read(frame, 0, where);
        return header.FrameOf(picture.Samples, picture.Channels, picture.Bits);
    }
}
