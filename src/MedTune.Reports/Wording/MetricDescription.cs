namespace MedTune.Reports.Wording;

/// <summary>How a metric is shown to people.</summary>
/// <param name="Name">Its snake-case name.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Explanation">One line in plain words.</param>
/// <param name="Group">What it judges.</param>
/// <param name="Style">How its values are written.</param>
internal sealed record MetricDescription(string Name, string Label, string Explanation, MetricGroup Group, NumberStyle Style);
