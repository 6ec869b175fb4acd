namespace MedTune;

/// <summary>Training pictures as they are, and changed as training changes them.</summary>
/// <param name="Picture">A row for each picture: first as it is, then changed.</param>
/// <param name="Pictures">Rows.</param>
/// <param name="Variants">Columns, the picture as it is among them.</param>
/// <param name="Changes">What may be changed, in words.</param>
public sealed record ContactSheet(EvidencePicture Picture, int Pictures, int Variants, string Changes);
