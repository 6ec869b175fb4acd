namespace MedTune.Data.Images;

/// <summary>One attribute that the DICOM reader may look at.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="ValueRepresentation">The form of its value, in the two letters of the standard; "US/SS" where the pixels decide.</param>
/// <param name="Keyword">Its name in the standard, in one word.</param>
/// <param name="Treatment">What is done with it.</param>
public sealed record DicomWhitelistEntry(DicomTag Tag, string ValueRepresentation, string Keyword, DicomTreatment Treatment);
