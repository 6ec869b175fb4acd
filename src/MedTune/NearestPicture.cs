namespace MedTune;

/// <summary>A training picture that the network takes for alike.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Label">Its label.</param>
/// <param name="Similarity">Cosine of the angle between the two pictures' features: 1 for equal ones.</param>
public sealed record NearestPicture(EvidencePicture Picture, string Label, double Similarity);
