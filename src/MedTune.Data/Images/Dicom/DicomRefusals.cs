using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>The sentences that several parts of the DICOM reader say alike. They name the file and attributes by number, never a value of the header.</summary>
internal static class DicomRefusals
{
    /// <summary>The most samples of one frame that are decoded.</summary>
    public const long LargestFrame = 1L << 28;

    public static DataException CutOff(string where, uint tag) =>
        new($"{where} ends inside the DICOM attribute {DicomTag.Of(tag)}: the file was cut off, so fetch it again from where it came.");

    public static DataException Structure(string where, int offset, string what) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"{where} is not readable as DICOM after {offset} bytes ({what}): the file is damaged or not DICOM, so export it again or leave it out."));

    public static DataException Attribute(string where, uint tag, string keyword, string expected) =>
        new($"{where} has no usable {keyword} {DicomTag.Of(tag)}: {expected} was expected, so export the file again or leave it out.");

    public static DataException NoPixels(string where, bool hasFloats) => new(hasFloats
        ? $"{where} has floating-point pixel data (7FE0,0008), which are not read here: export it with whole numbers and a rescale slope."
        : $"{where} is a DICOM file without pixel data (7FE0,0010), such as a report or a plan: leave it out of the pictures.");
}
