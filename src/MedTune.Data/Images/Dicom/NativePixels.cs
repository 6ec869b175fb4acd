using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>Reads frames that are stored uncompressed (PS3.5, chapter 8).</summary>
internal static class NativePixels
{
    /// <summary>Bits of one frame in the file; with halved color columns two samples a pixel.</summary>
    public static long BitsPerFrame(DicomPixelDescription description) =>
        (long)description.Rows * description.Columns * description.BitsAllocated * (IsHalved(description) ? 2 : description.SamplesPerPixel);

    /// <summary>Whether two neighbors share their color differences.</summary>
    public static bool IsHalved(DicomPixelDescription description) =>
        description.Photometric is DicomPhotometric.YbrFull422 or DicomPhotometric.YbrPartial422;

    /// <summary>Holds the length of the pixel data against their description; gives back the description, corrected where the bytes decide.</summary>
    public static DicomPixelDescription Check(DicomPixelDescription description, int length, string where, ISet<string> findings)
    {
        if (description.Photometric is DicomPhotometric.YbrIct or DicomPhotometric.YbrRct)
        {
            throw DicomRefusals.Attribute(where, 0x0028_0004, "PhotometricInterpretation", "an interpretation that uncompressed pixels can have");
        }

        if (IsHalved(description) && 8m * length >= 1.5m * BitsPerFrame(description) * description.Frames)
        {
            findings.Add(DicomFindingCodes.FullChroma);
            return Check(description with { Photometric = DicomPhotometric.YbrFull }, length, where, findings);
        }

        if (IsHalved(description) && description.Columns % 2 != 0)
        {
            throw DicomRefusals.Attribute(where, 0x0028_0011, "Columns", "an even number for a YBR form with halved columns");
        }

        decimal needed = Math.Ceiling((decimal)BitsPerFrame(description) * description.Frames / 8);
        if (length < needed)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{where} holds {length} bytes of pixel data where its description needs {needed}: the file is damaged or was cut off, so fetch it again from where it came."));
        }

        if (length > needed + (needed % 2))
        {
            findings.Add(DicomFindingCodes.LongerPixelData);
        }

        return description;
    }

    /// <summary>The stored values of a frame.</summary>
    /// <param name="pixels">All pixel data.</param>
    /// <param name="frame">The frame, from 0.</param>
    /// <param name="description">How they are stored; checked against the length.</param>
    /// <param name="isBigEndian">Whether samples of more than 8 bits stand with the high byte first.</param>
    public static int[] Read(ReadOnlySpan<byte> pixels, int frame, DicomPixelDescription description, bool isBigEndian)
    {
        long firstBit = frame * BitsPerFrame(description);
        var samples = new int[description.SamplesPerFrame];
        if (description.BitsAllocated == 1)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                long bit = firstBit + i; // frames follow each other without filling bits
                samples[i] = (pixels[(int)(bit >> 3)] >> (int)(bit & 7)) & 1;
            }

            return samples;
        }

        var cells = new CellReader(pixels[(int)(firstBit / 8)..], description.BitsAllocated, isBigEndian);
        if (IsHalved(description))
        {
            ReadHalved(cells, samples);
        }
        else if (description.IsPlanar)
        {
            int pixelCount = samples.Length / description.SamplesPerPixel;
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = cells[((i % 3) * pixelCount) + (i / 3)];
            }
        }
        else
        {
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = cells[i];
            }
        }

        StoredBits.Extract(samples, description);
        return samples;
    }

    // Two brightnesses, then the two color differences that both pixels share.
    private static void ReadHalved(CellReader cells, int[] samples)
    {
        for (int at = 0, cell = 0; at < samples.Length; at += 6, cell += 4)
        {
            (samples[at], samples[at + 3]) = (cells[cell], cells[cell + 1]);
            samples[at + 1] = samples[at + 4] = cells[cell + 2];
            samples[at + 2] = samples[at + 5] = cells[cell + 3];
        }
    }

    private readonly ref struct CellReader(ReadOnlySpan<byte> bytes, int bits, bool isBigEndian)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public int this[int index] => bits switch
        {
            8 => _bytes[index],
            16 => DicomElementHeader.UInt16(_bytes[(2 * index)..], isBigEndian),
            _ => (int)DicomElementHeader.UInt32(_bytes[(4 * index)..], isBigEndian),
        };
    }
}
