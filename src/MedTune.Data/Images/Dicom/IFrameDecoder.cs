namespace MedTune.Data.Images;

/// <summary>Decodes the frames of some transfer syntaxes. Own decoders and native libraries alike are plugged in here.</summary>
public interface IFrameDecoder
{
    /// <summary>The transfer syntaxes it decodes, as the standard's numbers (constants of <see cref="DicomSyntax"/>).</summary>
    IReadOnlyCollection<string> TransferSyntaxes { get; }

    /// <summary>Decodes one frame. Must be safe to call from several threads, and must check what the frame claims before it allocates.</summary>
    /// <param name="frame">The compressed frame, all fragments joined; may end with a filling zero byte.</param>
    /// <param name="description">How the header describes the pixels. The frame may disagree; the caller holds size and channels against it.</param>
    /// <param name="where">The file and frame, for sentences.</param>
    /// <exception cref="DataException">The frame cannot be decoded: one sentence without anything of the header's text.</exception>
    DecodedFrame Decode(ReadOnlySpan<byte> frame, DicomPixelDescription description, string where);
}
