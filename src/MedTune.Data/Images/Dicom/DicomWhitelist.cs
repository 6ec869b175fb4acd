using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Every attribute that is ever read out of a DICOM header. What is not in this table (names, dates, addresses, descriptions, comments,
/// private attributes) is passed over by its length and never becomes a value in memory.</summary>
public static class DicomWhitelist
{
    /// <summary>The table, in the order of the tags.</summary>
    /// <remarks>Tags, keywords and value representations: DICOM PS3.6, chapter 6.</remarks>
    public static ImmutableArray<DicomWhitelistEntry> Attributes { get; } =
    [
        // What the file is.
        Row(0x0002_0010, "UI", "TransferSyntaxUID", DicomTreatment.StandardIdentifier),
        Row(0x0008_0008, "CS", "ImageType", DicomTreatment.Code),
        Row(0x0008_0016, "UI", "SOPClassUID", DicomTreatment.StandardIdentifier),
        Row(0x0008_0018, "UI", "SOPInstanceUID", DicomTreatment.KeyedHash),
        Row(0x0008_0060, "CS", "Modality", DicomTreatment.Code),
        Row(0x0008_0068, "CS", "PresentationIntentType", DicomTreatment.Code),

        // Where it was made: only to notice pictures that can be told apart by their origin.
        Row(0x0008_0070, "LO", "Manufacturer", DicomTreatment.KeyedHash),
        Row(0x0008_0080, "LO", "InstitutionName", DicomTreatment.KeyedHash),
        Row(0x0008_1010, "SH", "StationName", DicomTreatment.KeyedHash),
        Row(0x0008_1090, "LO", "ManufacturerModelName", DicomTreatment.KeyedHash),

        // Whose it is: only to keep a patient's pictures together.
        Row(0x0010_0020, "LO", "PatientID", DicomTreatment.KeyedHash),
        Row(0x0010_0040, "CS", "PatientSex", DicomTreatment.Category),
        Row(0x0010_1010, "AS", "PatientAge", DicomTreatment.Category),

        // What is seen, and from where.
        Row(0x0018_0015, "CS", "BodyPartExamined", DicomTreatment.Code),
        Row(0x0018_0020, "CS", "ScanningSequence", DicomTreatment.Code),
        Row(0x0018_1164, "DS", "ImagerPixelSpacing", DicomTreatment.Number),
        Row(0x0018_2010, "DS", "NominalScannedPixelSpacing", DicomTreatment.Number),
        Row(0x0018_5100, "CS", "PatientPosition", DicomTreatment.Code),
        Row(0x0018_5101, "CS", "ViewPosition", DicomTreatment.Code),
        Row(0x0020_000D, "UI", "StudyInstanceUID", DicomTreatment.KeyedHash),
        Row(0x0020_000E, "UI", "SeriesInstanceUID", DicomTreatment.KeyedHash),
        Row(0x0020_0013, "IS", "InstanceNumber", DicomTreatment.Number),
        Row(0x0020_0020, "CS", "PatientOrientation", DicomTreatment.Code),
        Row(0x0020_0032, "DS", "ImagePositionPatient", DicomTreatment.Number),
        Row(0x0020_0037, "DS", "ImageOrientationPatient", DicomTreatment.Number),
        Row(0x0020_0060, "CS", "Laterality", DicomTreatment.Code),
        Row(0x0020_0062, "CS", "ImageLaterality", DicomTreatment.Code),
        Row(0x0020_9113, "SQ", "PlanePositionSequence", DicomTreatment.Items),
        Row(0x0020_9116, "SQ", "PlaneOrientationSequence", DicomTreatment.Items),

        // How the samples are stored.
        Row(0x0028_0002, "US", "SamplesPerPixel", DicomTreatment.Number),
        Row(0x0028_0004, "CS", "PhotometricInterpretation", DicomTreatment.Code),
        Row(0x0028_0006, "US", "PlanarConfiguration", DicomTreatment.Number),
        Row(0x0028_0008, "IS", "NumberOfFrames", DicomTreatment.Number),
        Row(0x0028_0010, "US", "Rows", DicomTreatment.Number),
        Row(0x0028_0011, "US", "Columns", DicomTreatment.Number),
        Row(0x0028_0030, "DS", "PixelSpacing", DicomTreatment.Number),
        Row(0x0028_0034, "IS", "PixelAspectRatio", DicomTreatment.Number),
        Row(0x0028_0100, "US", "BitsAllocated", DicomTreatment.Number),
        Row(0x0028_0101, "US", "BitsStored", DicomTreatment.Number),
        Row(0x0028_0102, "US", "HighBit", DicomTreatment.Number),
        Row(0x0028_0103, "US", "PixelRepresentation", DicomTreatment.Number),
        Row(0x0028_0120, "US/SS", "PixelPaddingValue", DicomTreatment.Number),
        Row(0x0028_0121, "US/SS", "PixelPaddingRangeLimit", DicomTreatment.Number),
        Row(0x0028_0301, "CS", "BurnedInAnnotation", DicomTreatment.Code),

        // How they are shown.
        Row(0x0028_1050, "DS", "WindowCenter", DicomTreatment.Number),
        Row(0x0028_1051, "DS", "WindowWidth", DicomTreatment.Number),
        Row(0x0028_1052, "DS", "RescaleIntercept", DicomTreatment.Number),
        Row(0x0028_1053, "DS", "RescaleSlope", DicomTreatment.Number),
        Row(0x0028_1056, "CS", "VOILUTFunction", DicomTreatment.Code),
        Row(0x0028_1101, "US/SS", "RedPaletteColorLookupTableDescriptor", DicomTreatment.Table),
        Row(0x0028_1102, "US/SS", "GreenPaletteColorLookupTableDescriptor", DicomTreatment.Table),
        Row(0x0028_1103, "US/SS", "BluePaletteColorLookupTableDescriptor", DicomTreatment.Table),
        Row(0x0028_1201, "OW", "RedPaletteColorLookupTableData", DicomTreatment.Table),
        Row(0x0028_1202, "OW", "GreenPaletteColorLookupTableData", DicomTreatment.Table),
        Row(0x0028_1203, "OW", "BluePaletteColorLookupTableData", DicomTreatment.Table),
        Row(0x0028_1221, "OW", "SegmentedRedPaletteColorLookupTableData", DicomTreatment.Table),
        Row(0x0028_1222, "OW", "SegmentedGreenPaletteColorLookupTableData", DicomTreatment.Table),
        Row(0x0028_1223, "OW", "SegmentedBluePaletteColorLookupTableData", DicomTreatment.Table),
        Row(0x0028_1300, "CS", "BreastImplantPresent", DicomTreatment.Code),
        Row(0x0028_2110, "CS", "LossyImageCompression", DicomTreatment.Code),
        Row(0x0028_3000, "SQ", "ModalityLUTSequence", DicomTreatment.Items),
        Row(0x0028_3002, "US/SS", "LUTDescriptor", DicomTreatment.Table),
        Row(0x0028_3006, "US/OW", "LUTData", DicomTreatment.Table),
        Row(0x0028_3010, "SQ", "VOILUTSequence", DicomTreatment.Items),
        Row(0x0028_9110, "SQ", "PixelMeasuresSequence", DicomTreatment.Items),
        Row(0x0028_9132, "SQ", "FrameVOILUTSequence", DicomTreatment.Items),
        Row(0x0028_9145, "SQ", "PixelValueTransformationSequence", DicomTreatment.Items),
        Row(0x5200_9229, "SQ", "SharedFunctionalGroupsSequence", DicomTreatment.Items),
        Row(0x5200_9230, "SQ", "PerFrameFunctionalGroupsSequence", DicomTreatment.Items),

        // The pixels.
        Row(0x7FE0_0001, "OV", "ExtendedOffsetTable", DicomTreatment.Pixels),
        Row(0x7FE0_0010, "OB/OW", "PixelData", DicomTreatment.Pixels),
    ];

    private static readonly FrozenDictionary<uint, DicomWhitelistEntry> ByNumber = Attributes.ToFrozenDictionary(attribute => attribute.Tag.Number);

    /// <summary>The line of an attribute; null where the reader must not look at it.</summary>
    /// <param name="tag">The attribute's number.</param>
    public static DicomWhitelistEntry? Find(DicomTag tag) => ByNumber.GetValueOrDefault(tag.Number);

    private static DicomWhitelistEntry Row(uint number, string valueRepresentation, string keyword, DicomTreatment treatment) =>
        new(DicomTag.Of(number), valueRepresentation, keyword, treatment);
}
