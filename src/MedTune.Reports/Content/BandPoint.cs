namespace MedTune.Reports;

/// <summary>A point of a curve with its interval.</summary>
/// <param name="X">Position along the horizontal axis.</param>
/// <param name="Y">Position along the vertical axis.</param>
/// <param name="Low">Lower end of the interval; NaN when there is none.</param>
/// <param name="High">Upper end of the interval; NaN when there is none.</param>
public readonly record struct BandPoint(double X, double Y, double Low = double.NaN, double High = double.NaN);
