using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>The decoders of compressed frames that are at hand.</summary>
public sealed class FrameDecoders
{
    private readonly ImmutableArray<IFrameDecoder> _decoders;

    private FrameDecoders(ImmutableArray<IFrameDecoder> decoders) => _decoders = decoders;

    /// <summary>The decoders that need no native library: RLE, and JPEG lossless, baseline and extended.</summary>
    public static FrameDecoders Own { get; } = new([new RleFrameDecoder(), new JpegFrameDecoder()]);

    /// <summary>Those, and what the native libraries of this machine add: JPEG-LS by CharLS, JPEG 2000 by libvips.</summary>
    public static FrameDecoders AtHand { get; } = Native(Own);

    /// <summary>These decoders and one more, which is asked before them.</summary>
    /// <param name="decoder">The decoder.</param>
    public FrameDecoders With(IFrameDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        return new FrameDecoders(_decoders.Insert(0, decoder));
    }

    /// <summary>The decoder of a transfer syntax, or null.</summary>
    /// <param name="syntax">The transfer syntax.</param>
    public IFrameDecoder? Find(DicomSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        return _decoders.FirstOrDefault(decoder => decoder.TransferSyntaxes.Contains(syntax.Identifier));
    }

    private static FrameDecoders Native(FrameDecoders decoders)
    {
        decoders = NativeLibraries.Has(NativeLibraries.CharLs) ? decoders.With(new CharLsFrameDecoder()) : decoders;
        return NativeLibraries.Has(NativeLibraries.Vips) ? decoders.With(new VipsFrameDecoder()) : decoders;
    }

    internal IFrameDecoder Need(DicomSyntax syntax, string where) => Find(syntax) ?? throw new DataException(
        $"{where} is compressed as {syntax.Name} ({syntax.Identifier}), "
        + syntax.Identifier switch
        {
            DicomSyntax.JpegLsLossless or DicomSyntax.JpegLsNearLossless => "which needs the library CharLS: install it with 'sudo apt install libcharls2', or export the file uncompressed.",
            DicomSyntax.Jpeg2000Lossless or DicomSyntax.Jpeg2000 => "which needs the library libvips: install it with 'sudo apt install libvips42', or export the file uncompressed.",
            _ => "which is not read here: export the file as explicit VR little endian (1.2.840.10008.1.2.1).",
        });
}
