using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>What the reader keeps of a header. Nothing here names a person; <see cref="DicomWhitelist"/> lists where it comes from.</summary>
public sealed record DicomHeader
{
    /// <summary>How the file is written.</summary>
    public required DicomSyntax Syntax { get; init; }

    /// <summary>What kind of object this is, by the standard's number; null where the file does not say, or names a private kind.</summary>
    public string? SopClass { get; init; }

    /// <summary>The kind of device, such as CT, MR, DX or US; null where the file does not say.</summary>
    public string? DicomModality { get; init; }

    /// <summary>Whether the pixels are original or derived, and the words after that; empty where the file does not say.</summary>
    public ImmutableArray<string> ImageType { get; init; } = [];

    /// <summary>The part of the body, as a code such as CHEST; null where the file does not say.</summary>
    public string? BodyPart { get; init; }

    /// <summary>The direction of a radiograph, such as PA, AP or LL; null where the file does not say.</summary>
    public string? ViewPosition { get; init; }

    /// <summary>The side of the body: L, R, B (both) or U (unpaired); null where the file does not say.</summary>
    public string? Laterality { get; init; }

    /// <summary>Towards which parts of the body rows and columns run, such as L and F; empty where the file does not say.</summary>
    public ImmutableArray<string> PatientOrientation { get; init; } = [];

    /// <summary>The directions of a row and of a column in the patient's coordinates, six cosines; empty where the file does not say.</summary>
    public ImmutableArray<double> ImageOrientation { get; init; } = [];

    /// <summary>Where the first pixel lies in the patient, in millimeters, three numbers; empty where the file does not say.</summary>
    public ImmutableArray<double> ImagePositionMillimeters { get; init; } = [];

    /// <summary>The place in the series; null where the file does not say.</summary>
    public long? InstanceNumber { get; init; }

    /// <summary>The distance of rows and of columns, in millimeters; null where the file does not say.</summary>
    public (double Rows, double Columns)? PixelSpacingMillimeters { get; init; }

    /// <summary>A pixel's height over its width; 1 where the file does not say.</summary>
    public double PixelAspect { get; init; } = 1;

    /// <summary>Whether text is burnt into the picture; null where the file does not say.</summary>
    public bool? HasBurnedInText { get; init; }

    /// <summary>Whether the pixels were once compressed with loss; null where the file does not say.</summary>
    public bool? IsLossy { get; init; }

    /// <summary>Stands in for the patient's number; null without a key, or where the file has none.</summary>
    public string? PatientHash { get; init; }

    /// <summary>Stands in for the study; null without a key, or where the file has none.</summary>
    public string? StudyHash { get; init; }

    /// <summary>Stands in for the series; null without a key, or where the file has none.</summary>
    public string? SeriesHash { get; init; }

    /// <summary>Stands in for this object; null without a key, or where the file has none.</summary>
    public string? InstanceHash { get; init; }

    /// <summary>Stands in for the maker of the device; null without a key, or where the file has none.</summary>
    public string? ManufacturerHash { get; init; }

    /// <summary>Stands in for the type of the device; null without a key, or where the file has none.</summary>
    public string? ModelHash { get; init; }

    /// <summary>Stands in for the device itself; null without a key, or where the file has none.</summary>
    public string? StationHash { get; init; }

    /// <summary>Stands in for the hospital; null without a key, or where the file has none.</summary>
    public string? InstitutionHash { get; init; }

    /// <summary>M, F or O; null where it was not asked for, or the file does not say.</summary>
    public string? PatientSex { get; init; }

    /// <summary>The span of ten years that the patient's age lies in, such as 60-69, or 90+; null where it was not asked for, or the file does not say.</summary>
    public string? PatientAgeSpan { get; init; }

    internal static DicomHeader Read(DicomSyntax syntax, DicomDataSet dataSet, DicomReadOptions options, ISet<string> findings)
    {
        string? Hash(uint tag, string kind) => options.HashKey.IsEmpty || DicomDataSet.Trim(dataSet.Bytes(tag)).IsEmpty
            ? null
            : KeyedHash.Of(options.HashKey.Span, kind, dataSet.Bytes(tag));

        DicomDataSet macros = DicomMacros.Find(dataSet, 0, 0x0028_9110) ?? dataSet;
        (double Rows, double Columns)? spacing = Spacing(macros, 0x0028_0030) ?? Spacing(dataSet, 0x0018_1164) ?? Spacing(dataSet, 0x0018_2010);
        double aspect = AspectOf(dataSet, spacing);
        if (Math.Abs(aspect - 1) > 0.01)
        {
            findings.Add(DicomFindingCodes.PixelsNotSquare);
        }

        if (dataSet.Code(0x0028_0301) == "YES")
        {
            findings.Add(DicomFindingCodes.BurnedInText);
        }

        return new DicomHeader
        {
            Syntax = syntax,
            SopClass = dataSet.StandardIdentifier(0x0008_0016),
            DicomModality = dataSet.Code(0x0008_0060),
            ImageType = Words(dataSet.Code(0x0008_0008)),
            BodyPart = dataSet.Code(0x0018_0015),
            ViewPosition = dataSet.Code(0x0018_5101),
            Laterality = (dataSet.Code(0x0020_0062) ?? dataSet.Code(0x0020_0060)) is ("L" or "R" or "B" or "U") and { } side ? side : null,
            PatientOrientation = Words(dataSet.Code(0x0020_0020)),
            ImageOrientation = Numbers(DicomMacros.Find(dataSet, 0, 0x0020_9116) ?? dataSet, 0x0020_0037, 6),
            ImagePositionMillimeters = Numbers(DicomMacros.Find(dataSet, 0, 0x0020_9113) ?? dataSet, 0x0020_0032, 3),
            InstanceNumber = dataSet.Integer(0x0020_0013),
            PixelSpacingMillimeters = spacing,
            PixelAspect = aspect,
            HasBurnedInText = dataSet.Code(0x0028_0301) switch { "YES" => true, "NO" => false, _ => null },
            IsLossy = dataSet.Code(0x0028_2110) switch { "01" => true, "00" => false, _ => null },
            PatientHash = Hash(0x0010_0020, KeyedHash.Patient),
            StudyHash = Hash(0x0020_000D, "study"),
            SeriesHash = Hash(0x0020_000E, "series"),
            InstanceHash = Hash(0x0008_0018, "instance"),
            ManufacturerHash = Hash(0x0008_0070, "manufacturer"),
            ModelHash = Hash(0x0008_1090, "model"),
            StationHash = Hash(0x0008_1010, "station"),
            InstitutionHash = Hash(0x0008_0080, "institution"),
            PatientSex = options.KeepsDemographics && dataSet.Code(0x0010_0040) is ("M" or "F" or "O") and { } sex ? sex : null,
            PatientAgeSpan = options.KeepsDemographics ? AgeSpan(DicomDataSet.Trim(dataSet.Bytes(0x0010_1010))) : null,
        };
    }

    private static ImmutableArray<string> Words(string? code) => code is null ? [] : [.. code.Split('\\').Select(word => word.Trim())];

    private static ImmutableArray<double> Numbers(DicomDataSet dataSet, uint tag, int count) =>
        dataSet.Decimals(tag) is { } numbers && numbers.Length == count ? [.. numbers] : [];

    private static (double Rows, double Columns)? Spacing(DicomDataSet dataSet, uint tag) =>
        dataSet.Decimals(tag) is [> 0 and double rows, > 0 and double columns] ? (rows, columns) : null;

    private static double AspectOf(DicomDataSet dataSet, (double Rows, double Columns)? spacing)
    {
        double aspect = dataSet.Decimals(0x0028_0034) is [> 0 and double vertical, > 0 and double horizontal] ? vertical / horizontal
            : spacing is { } distance ? distance.Rows / distance.Columns
            : 1;
        return double.IsFinite(aspect) && aspect > 0 ? aspect : 1;
    }

    // Three digits and D, W, M or Y.
    private static string? AgeSpan(ReadOnlySpan<byte> text)
    {
        if (text.Length != 4 || !int.TryParse(text[..3], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || text[3] is not ((byte)'D' or (byte)'W' or (byte)'M' or (byte)'Y'))
        {
            return null;
        }

        int years = text[3] switch { (byte)'Y' => count, (byte)'M' => count / 12, (byte)'W' => count / 52, _ => count / 365 };
        int decade = years / 10 * 10;
        return decade >= 90 ? "90+" : string.Create(CultureInfo.InvariantCulture, $"{decade}-{decade + 9}");
    }
}
