namespace MedTune.Data.Images;

/// <summary>Two pictures of a set that are the same, or almost.</summary>
/// <param name="First">The number of one, the smaller.</param>
/// <param name="Second">The number of the other.</param>
/// <param name="IsExact">Whether every pixel is equal.</param>
/// <param name="Correlation">Correlation of their thumbnails: 1 for equal ones.</param>
public sealed record TwinPictures(int First, int Second, bool IsExact, double Correlation);
