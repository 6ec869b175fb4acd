namespace MedTune.Reports.Charts;

/// <summary>A named curve of a chart.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="Points">Its points, in the units of the axes.</param>
public sealed record CurveSeries(string Label, IReadOnlyList<CurvePoint> Points);
