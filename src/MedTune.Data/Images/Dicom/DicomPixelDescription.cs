using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>How the pixels of a DICOM file are stored, checked when the file is opened.</summary>
public sealed record DicomPixelDescription
{
    /// <summary>Rows of a frame, 1 to 65535.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of a frame, 1 to 65535.</summary>
    public required int Columns { get; init; }

    /// <summary>1 (grey, palette indices) or 3 (color).</summary>
    public required int SamplesPerPixel { get; init; }

    /// <summary>What the samples mean.</summary>
    public required DicomPhotometric Photometric { get; init; }

    /// <summary>Whether each color lies in a plane of its own rather than beside the others.</summary>
    public bool IsPlanar { get; init; }

    /// <summary>Bits that a stored sample takes up: 1, 8, 16 or 32.</summary>
    public required int BitsAllocated { get; init; }

    /// <summary>Bits that mean something, at most <see cref="BitsAllocated"/>.</summary>
    public required int BitsStored { get; init; }

    /// <summary>The place of the highest bit that means something, counted from 0.</summary>
    public required int HighBit { get; init; }

    /// <summary>Whether samples are two's complement.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Frames, at least 1.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Samples of one frame, every color of every pixel counted.</summary>
    public int SamplesPerFrame => Rows * Columns * SamplesPerPixel;

    internal static DicomPixelDescription Read(DicomDataSet dataSet, string where, ISet<string> findings)
    {
        int samples = Number(dataSet, 0x0028_0002, "SamplesPerPixel", where, null, "1 or 3", value => value is 1 or 3);
        int allocated = Number(dataSet, 0x0028_0100, "BitsAllocated", where, null, "1, 8, 16 or 32", value => value is 1 or 8 or 16 or 32);
        int stored = Number(dataSet, 0x0028_0101, "BitsStored", where, allocated, $"1 to {allocated}", value => value >= 1 && value <= allocated);
        int high = Number(dataSet, 0x0028_0102, "HighBit", where, stored - 1, $"{stored - 1} to {allocated - 1}", value => value >= stored - 1 && value < allocated);
        var description = new DicomPixelDescription
        {
            Rows = Number(dataSet, 0x0028_0010, "Rows", where, null, "1 or more", value => value > 0),
            Columns = Number(dataSet, 0x0028_0011, "Columns", where, null, "1 or more", value => value > 0),
            SamplesPerPixel = samples,
            Photometric = PhotometricOf(dataSet, samples, where, findings),
            IsPlanar = Number(dataSet, 0x0028_0006, "PlanarConfiguration", where, 0, "0 or 1", value => value is 0 or 1) == 1 && samples == 3,
            BitsAllocated = allocated,
            BitsStored = stored,
            HighBit = high,
            IsSigned = Number(dataSet, 0x0028_0103, "PixelRepresentation", where, 0, "0 or 1", value => value is 0 or 1) == 1,
            Frames = FramesOf(dataSet, where),
        };
        description.Check(where);
        return description;
    }

    private void Check(string where)
    {
        if ((long)Rows * Columns * SamplesPerPixel > DicomRefusals.LargestFrame)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{where} claims {Columns} x {Rows} pixels a frame, more than the 2^28 samples that are read: export it in smaller pieces."));
        }

        bool isColor = Photometric is not (DicomPhotometric.Monochrome1 or DicomPhotometric.Monochrome2 or DicomPhotometric.PaletteColor);
        if (isColor != (SamplesPerPixel == 3))
        {
            throw DicomRefusals.Attribute(where, 0x0028_0004, "PhotometricInterpretation",
                SamplesPerPixel == 3 ? "a color interpretation for three samples a pixel" : "a grey interpretation for one sample a pixel");
        }

        if (isColor && (BitsAllocated == 1 || IsSigned))
        {
            throw DicomRefusals.Attribute(where, 0x0028_0100, "BitsAllocated", "color in unsigned samples of 8 bits or more");
        }
    }

    private static int Number(DicomDataSet dataSet, uint tag, string keyword, string where, int? absent, string expected, Func<int, bool> isUsable)
    {
        int? value = dataSet.UInt16(tag) ?? absent;
        return value is { } number && isUsable(number) ? number : throw DicomRefusals.Attribute(where, tag, keyword, expected);
    }

    private static int FramesOf(DicomDataSet dataSet, string where)
    {
        const uint NumberOfFrames = 0x0028_0008;
        if (DicomDataSet.Trim(dataSet.Bytes(NumberOfFrames)).IsEmpty)
        {
            return 1;
        }

        return dataSet.Integer(NumberOfFrames) is >= 1 and <= int.MaxValue and { } frames
            ? (int)frames
            : throw DicomRefusals.Attribute(where, NumberOfFrames, "NumberOfFrames", "a whole number from 1");
    }

    private static DicomPhotometric PhotometricOf(DicomDataSet dataSet, int samples, string where, ISet<string> findings)
    {
        const uint PhotometricInterpretation = 0x0028_0004;
        if (DicomDataSet.Trim(dataSet.Bytes(PhotometricInterpretation)).IsEmpty)
        {
            findings.Add(DicomFindingCodes.AssumedPhotometric);
            return samples == 3 ? DicomPhotometric.Rgb : DicomPhotometric.Monochrome2;
        }

        return dataSet.Code(PhotometricInterpretation) switch
        {
            "MONOCHROME1" => DicomPhotometric.Monochrome1,
            "MONOCHROME2" => DicomPhotometric.Monochrome2,
            "PALETTE COLOR" => DicomPhotometric.PaletteColor,
            "RGB" => DicomPhotometric.Rgb,
            "YBR_FULL" => DicomPhotometric.YbrFull,
            "YBR_FULL_422" => DicomPhotometric.YbrFull422,
            "YBR_PARTIAL_422" => DicomPhotometric.YbrPartial422,
            "YBR_ICT" => DicomPhotometric.YbrIct,
            "YBR_RCT" => DicomPhotometric.YbrRct,
            _ => throw DicomRefusals.Attribute(where, PhotometricInterpretation, "PhotometricInterpretation",
                "MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB or a form of YBR"),
        };
    }
}
