namespace MedTune.Data.Images;

/// <summary>The codes of the findings that reading and checking pictures can give.</summary>
public static class ImageFindingCodes
{
    /// <summary>Files that are no pictures were passed over.</summary>
    public const string OtherFiles = "other-files";

    /// <summary>Pictures cannot be read.</summary>
    public const string Unreadable = "unreadable-images";

    /// <summary>Pictures show nothing: every pixel is nearly the same.</summary>
    public const string Blank = "blank-images";

    /// <summary>Pictures are too small to learn from.</summary>
    public const string Tiny = "tiny-images";

    /// <summary>A few pictures are in colour where the others are grey, or the other way round: perhaps another modality.</summary>
    public const string OddColour = "odd-colour-images";

    /// <summary>Pictures have exactly the same pixels.</summary>
    public const string Same = "same-images";

    /// <summary>Pictures are almost the same.</summary>
    public const string NearlySame = "near-duplicate-images";

    /// <summary>The same or almost the same picture is on two sides of a split.</summary>
    public const string AcrossParts = "images-in-two-parts";

    /// <summary>The same or almost the same picture has two labels.</summary>
    public const string TwoLabels = "images-with-two-labels";

    /// <summary>One patient is on two sides of a split.</summary>
    public const string PatientAcrossParts = "patients-in-two-parts";

    /// <summary>Letters or marks seem to be burnt into pictures, which may name the patient.</summary>
    public const string BurntInText = "burnt-in-text";

    /// <summary>Pictures have labels beside the findings that are asked for.</summary>
    public const string OtherFindings = "other-findings";

    /// <summary>No picture has some of the findings that are asked for.</summary>
    public const string AbsentFindings = "absent-findings";

    /// <summary>A finding has too few pictures with it, or without it, to be learned.</summary>
    public const string RareFinding = "rare-finding";

    /// <summary>Border, size, colours, encoding or site alone tell the label: a model may learn them instead of the disease.</summary>
    public const string AcquisitionShortcut = "acquisition-shortcut";

    /// <summary>The pictures have much more detail than the network reads, and the model is poor.</summary>
    public const string LostDetail = "lost-detail";

    /// <summary>Folds were given, so the parts that the data name were not followed.</summary>
    public const string PartsIgnored = "parts-ignored";

    /// <summary>A few pictures are of another kind of device than the others.</summary>
    public const string OddModality = "odd-modality-images";

    /// <summary>One label stands for a series whose pictures differ in modality, plane or size, or for localizers among others.</summary>
    public const string MixedSeries = "mixed-series";

    /// <summary>One label stands for a study whose series differ in modality, plane or size.</summary>
    public const string MixedStudies = "mixed-studies";

    /// <summary>Patients were taken from DICOM headers.</summary>
    public const string DicomPatients = "dicom-patients";

    /// <summary>The DICOM headers of several studies name one and the same patient.</summary>
    public const string DicomOnePatient = "dicom-one-patient";

    /// <summary>Volumes were cut into slices.</summary>
    public const string VolumeSlices = "volume-slices";

    /// <summary>Volumes do not say where their axes point.</summary>
    public const string VolumeWithoutOrientation = "volume-without-orientation";
}
