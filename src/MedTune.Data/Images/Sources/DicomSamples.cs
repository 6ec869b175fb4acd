using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>The samples of a DICOM file: one for each frame, with the pseudonyms of patient and institution.</summary>
internal static class DicomSamples
{
    /// <summary>Reads the header; a file whose header cannot be read is one sample, which then cannot be read either.</summary>
    /// <param name="file">The path.</param>
    /// <param name="sample">Name, labels, part and place of the file.</param>
    /// <param name="pseudonyms">How identifiers are made into pseudonyms.</param>
    public static IEnumerable<ImageSample> Of(string file, ImageSample sample, Pseudonyms pseudonyms)
    {
        DicomFile dicom;
        try
        {
            dicom = DicomFile.Open(PictureReader.Bytes(file), file, new DicomReadOptions { HashKey = pseudonyms.Key });
        }
        catch (DataException)
        {
            return [sample];
        }

        sample = sample with { Patient = dicom.Header.PatientHash, Site = dicom.Header.InstitutionHash };
        return dicom.FrameCount <= 1
            ? [sample]
            : Enumerable.Range(0, dicom.FrameCount).Select(frame => sample with
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"{sample.Name}#{frame + 1}"),
                Place = sample.Place with { Index = frame },
            });
    }
}
