using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>What a person says about a collection of pictures. What is not said is taken from the data, or asked back.</summary>
public sealed record ImageSetOptions
{
    /// <summary>The manifest's column of labels (<c>label</c> by default), or the attribute of DICOM headers that is the label, such as <c>ViewPosition</c>.</summary>
    public string? Target { get; init; }

    /// <summary>The manifest's column of patients (<c>patient_id</c> by default, where it is there). Of DICOM files, where no column says it: <c>PatientID</c> (the default;
    /// the study where that is empty), <c>StudyInstanceUID</c> or <c>SeriesInstanceUID</c>.</summary>
    public string? Patient { get; init; }

    /// <summary>The manifest's column of sites (<c>site</c> by default, where it is there). Of DICOM files, where no column says it: <c>InstitutionName</c> (the default),
    /// <c>StationName</c>, <c>Manufacturer</c> or <c>ManufacturerModelName</c>.</summary>
    public string? Site { get; init; }

    /// <summary>The class that counts as positive where there are two; it becomes the last one. Default: the second in alphabetical order. Of several values of a DICOM
    /// attribute, this one against all others.</summary>
    public string? Positive { get; init; }

    /// <summary>Names of the classes in the order of their numbers, for data that has numbers only. Default: <c>0</c>, <c>1</c>, ...</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>How volumes are cut into slices: axial (the default), coronal or sagittal.</summary>
    public AnatomicalPlane Plane { get; init; }

    /// <summary>Names of findings, each of which a picture has or has not; other labels are passed over. Default: what the data say.</summary>
    public ImmutableArray<string> Findings { get; init; } = [];

    /// <summary>How identifiers are made into pseudonyms. Default: under a key that nobody keeps.</summary>
    public Pseudonyms? Pseudonyms { get; init; }
}
