namespace MedTune.Reports;

/// <summary>The sets of some rows.</summary>
/// <param name="Name">The class or finding; empty for all rows.</param>
/// <param name="Samples">How many rows.</param>
/// <param name="Coverage">Share whose set holds the truth.</param>
/// <param name="Single">Share whose set holds one class.</param>
/// <param name="Several">Share whose set holds two classes or more.</param>
/// <param name="Empty">Share whose set holds none.</param>
public sealed record SetRow(string Name, int Samples, MetricRow Coverage, MetricRow Single, MetricRow Several, MetricRow Empty);
