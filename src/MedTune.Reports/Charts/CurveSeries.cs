namespace MedTune.Reports.Charts;

/// <summary>A named curve of a chart.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="Points">Its points, in the units of the axes.</param>
/// <param name="Css">Its style class, <c>series-1</c> to <c>series-8</c>; empty takes the one of its place.</param>
public sealed record CurveSeries(string Label, IReadOnlyList<CurvePoint> Points, string Css = "");
