using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>An attribute of DICOM headers that can be learned as the label of a picture.</summary>
/// <param name="Keyword">Its name in the standard.</param>
/// <param name="Read">Its value in a file, for a picture of it; null where there is none.</param>
internal sealed record DicomLabel(string Keyword, Func<DicomFile, PictureOrigin, string?> Read)
{
    private static readonly string[] PersonalEndings = ["Name", "ID", "UID", "Date", "Time", "DateTime", "Address", "Number", "Numbers", "Comments", "Description", "Physician", "Physicians"];

    /// <summary>Every such attribute: coded, and saying nothing of who the patient is.</summary>
    public static ImmutableArray<DicomLabel> All { get; } =
    [
        Code("Modality"),
        Code("BodyPartExamined"),
        Code("ViewPosition"),
        new("Laterality", (file, _) => file.Header.Laterality),
        Code("PatientOrientation"),
        Code("PatientPosition"),
        new("ImageOrientationPatient", (_, origin) => origin.Plane is { } plane ? PlaneName.Of(plane) : null),
        new("PatientSex", (file, _) => file.Header.PatientSex),
        new("PatientAge", (file, _) => file.Header.PatientAgeSpan),
        Code("PresentationIntentType"),
        Code("ScanningSequence"),
        Code("BreastImplantPresent"),
        Code("BurnedInAnnotation"),
    ];

    /// <summary>The attribute of a name, in whatever letters; null where there is none.</summary>
    public static DicomLabel? Find(string? keyword)
    {
        string name = keyword?.Trim() ?? "";
        name = name.Equals("ImageLaterality", StringComparison.OrdinalIgnoreCase) ? "Laterality" : name; // the picture's side stands in either
        return All.FirstOrDefault(label => label.Keyword.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Why an attribute is no label, and which are.</summary>
    /// <param name="where">The data.</param>
    /// <param name="keyword">What was asked for.</param>
    public static DataException Refused(string where, string keyword)
    {
        var entry = DicomWhitelist.Attributes.FirstOrDefault(attribute => string.Equals(attribute.Keyword, keyword.Trim(), StringComparison.OrdinalIgnoreCase));
        string why = entry switch
        {
            { Treatment: DicomTreatment.KeyedHash } => "identifies a patient, a study or a device: it is read as a keyed hash only, which keeps pictures together and is no label",
            { } => "describes how pixels are stored or shown, and is no label",
            _ when IsPersonal(keyword.Trim()) => "may name a patient or a day, and is never read",
            _ => "is not among the attributes that can be labels",
        };
        return new DataException($"{where}: holds DICOM files, and '{keyword}' {why}. Give one of {Names} with --target, a folder for each class, or a manifest.csv (path,label).");
    }

    /// <summary>The names of all.</summary>
    public static string Names => string.Join(", ", All.Select(label => label.Keyword));

    private static bool IsPersonal(string keyword) =>
        keyword.StartsWith("Patient", StringComparison.OrdinalIgnoreCase) || PersonalEndings.Any(ending => keyword.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static DicomLabel Code(string keyword)
    {
        uint tag = DicomWhitelist.Attributes.Single(entry => entry.Keyword == keyword && entry.Treatment == DicomTreatment.Code).Tag.Number;
        return new DicomLabel(keyword, (file, _) => file.DataSet.Code(tag));
    }
}
