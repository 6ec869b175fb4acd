using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>Holds what a decoder found in a frame against what the header says.</summary>
internal static class CompressedFrames
{
    public static DicomFrame Reconcile(DecodedFrame decoded, DicomPixelDescription description, string where)
    {
        CheckSize(decoded.Width, decoded.Height, decoded.Channels, description, where);
        SortedSet<string> findings = new(StringComparer.Ordinal);
        if (decoded.IsSigned != description.IsSigned && decoded.Channels == 1)
        {
            if (decoded.IsSigned || decoded.IsSignTold) // where the frame does not say, the header's word is the only one
            {
                findings.Add(DicomFindingCodes.PixelRepresentationMismatch);
            }

            StoredBits.Reinterpret(decoded.Samples, Math.Min(description.BitsStored, decoded.Precision), description.IsSigned);
        }

        // Many coders write whole words; only values that use the further bits are worth a word.
        bool isWider = decoded.Precision > description.BitsStored && !description.IsSigned && decoded.Samples.AsSpan().ContainsAnyExceptInRange(0, (1 << description.BitsStored) - 1);
        if (isWider)
        {
            findings.Add(DicomFindingCodes.PrecisionMismatch);
        }

        if (IsColorOtherwise(decoded.Color, description.Photometric))
        {
            findings.Add(DicomFindingCodes.ColorSpaceMismatch);
        }

        return new DicomFrame(description, isWider ? decoded.Precision : description.BitsStored, decoded.Samples, decoded.Color, [.. findings]);
    }

    /// <summary>Refuses a frame of another size than the header describes.</summary>
    public static void CheckSize(long width, long height, int channels, DicomPixelDescription description, string where)
    {
        if (width != description.Columns || height != description.Rows || channels != description.SamplesPerPixel)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{where} is {width} x {height} pixels of {channels} samples inside, and its header says {description.Columns} x {description.Rows} of {description.SamplesPerPixel}: export the file again or leave it out."));
        }
    }

    private static bool IsColorOtherwise(DicomFrameColor color, DicomPhotometric photometric) => color switch
    {
        DicomFrameColor.Rgb => photometric is DicomPhotometric.YbrFull or DicomPhotometric.YbrFull422 or DicomPhotometric.YbrPartial422,
        DicomFrameColor.Ybr => photometric is DicomPhotometric.Rgb or DicomPhotometric.YbrRct or DicomPhotometric.YbrIct,
        _ => false,
    };
}
