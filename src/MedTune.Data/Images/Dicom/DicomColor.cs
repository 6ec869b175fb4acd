namespace MedTune.Data.Images;

/// <summary>Shows a frame in color: palettes applied, YBR turned into RGB (PS3.3, C.7.6.3.1.2).</summary>
internal static class DicomColor
{
    private const float White = 255;

    public static DicomPicture Show(DicomFile file, DicomFrame frame)
    {
        SortedSet<string> findings = new(frame.Findings, StringComparer.Ordinal);
        DicomPixelDescription description = frame.Description;
        float[] samples;
        if (description.Photometric == DicomPhotometric.PaletteColor)
        {
            samples = FromPalette(file, frame, findings);
        }
        else
        {
            double highest = (1UL << frame.Bits) - 1;
            samples = new float[frame.Samples.Length];
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = (float)(frame.ValueAt(i) * White / highest);
            }

            if (IsYbr(frame))
            {
                double middle = (1UL << (frame.Bits - 1)) * White / highest;
                ToRgb(samples, description.Photometric == DicomPhotometric.YbrPartial422, (float)middle);
            }
        }

        var image = new PixelImage(frame.Width, frame.Height, 3, samples, 0, White);
        return new DicomPicture(image, DicomWindowSource.Color, null, file.Header.PixelAspect, [.. findings]);
    }

    private static bool IsYbr(DicomFrame frame) => frame.Color switch
    {
        DicomFrameColor.Rgb => false,
        DicomFrameColor.Ybr => true,
        _ => frame.Description.Photometric is DicomPhotometric.YbrFull or DicomPhotometric.YbrFull422 or DicomPhotometric.YbrPartial422,
    };

    /// <summary>ITU-R BT.601. The middle is the value that stands for no color, 128 of 255. Whole numbers, as every display of 8 bits shows them.</summary>
    private static void ToRgb(float[] samples, bool isPartial, float middle)
    {
        // Studio video: 219 steps of brightness from 16, 224 steps of color difference.
        (float black, float gain, float colorGain) = isPartial ? (16f, 255f / 219f, 255f / 224f) : (0f, 1f, 1f);
        for (int i = 0; i < samples.Length; i += 3)
        {
            float y = (samples[i] - black) * gain;
            float blue = (samples[i + 1] - middle) * colorGain;
            float red = (samples[i + 2] - middle) * colorGain;
            samples[i] = Shade(y + (1.402f * red));
            samples[i + 1] = Shade(y - (0.344136f * blue) - (0.714136f * red));
            samples[i + 2] = Shade(y + (1.772f * blue));
        }
    }

    private static float Shade(float value) => Math.Clamp(MathF.Round(value), 0, White) + 0f; // no negative zero

    private static float[] FromPalette(DicomFile file, DicomFrame frame, SortedSet<string> findings)
    {
        var samples = new float[3 * frame.Samples.Length];
        for (int channel = 0; channel < 3; channel++)
        {
            LookupTable table = Palette(file, frame.Description, channel);
            float highest = table.Highest;
            if (table.Bits == 16 && table.Entries.Max() <= 255)
            {
                highest = 255;
                findings.Add(DicomFindingCodes.EightBitTable);
            }

            for (int i = 0; i < frame.Samples.Length; i++)
            {
                samples[(3 * i) + channel] = Math.Min(table[frame.ValueAt(i)] * White / highest, White);
            }
        }

        return samples;
    }

    private static LookupTable Palette(DicomFile file, DicomPixelDescription description, int channel)
    {
        uint descriptor = 0x0028_1101 + (uint)channel;
        return LookupTable.Read(file.DataSet, descriptor, 0x0028_1201 + (uint)channel, description.IsSigned)
            ?? LookupTable.ReadSegmented(file.DataSet, descriptor, 0x0028_1221 + (uint)channel, description.IsSigned)
            ?? throw DicomRefusals.Attribute(file.Where, descriptor, "palette", "tables of red, green and blue with all their entries");
    }
}
