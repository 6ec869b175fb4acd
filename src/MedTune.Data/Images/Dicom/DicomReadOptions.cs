namespace MedTune.Data.Images;

/// <summary>How DICOM files are read.</summary>
public sealed record DicomReadOptions
{
    /// <summary>The secret of the keyed hashes that stand in for identifiers; empty (the default) makes no hashes at all.
    /// At least <see cref="KeyedHash.ShortestKey"/> bytes otherwise.</summary>
    public ReadOnlyMemory<byte> HashKey { get; init; }

    /// <summary>Whether the patient's sex, and age in spans of ten years, are kept. Default: no.</summary>
    public bool KeepsDemographics { get; init; }

    /// <summary>The decoders of compressed frames. Default: every one at hand on this machine.</summary>
    public FrameDecoders Decoders { get; init; } = FrameDecoders.AtHand;
}
