namespace MedTune.Reports;

/// <summary>A point of a curve, in the curve's own units. Points with a NaN are left out of the drawing.</summary>
/// <param name="X">Position along the horizontal axis.</param>
/// <param name="Y">Position along the vertical axis.</param>
public readonly record struct CurvePoint(double X, double Y);
