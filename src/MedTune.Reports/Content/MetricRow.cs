namespace MedTune.Reports;

/// <summary>One metric with its interval.</summary>
/// <param name="Name">Its name in <c>metrics.json</c>, snake case, for example <c>auroc</c>.</param>
/// <param name="Value">The value; NaN when it cannot be computed on these rows.</param>
/// <param name="Low">Lower end of the 95 % interval; NaN when there is none.</param>
/// <param name="High">Upper end of the 95 % interval; NaN when there is none.</param>
/// <param name="Method">How the interval was computed, for example <c>DeLong</c>; empty when not stated.</param>
public sealed record MetricRow(string Name, double Value, double Low = double.NaN, double High = double.NaN, string Method = "")
{
    /// <summary>Name for people; empty (the default) takes the report's own for the names it knows.</summary>
    public string Label { get; init; } = "";

    /// <summary>One line in plain words; empty (the default) takes the report's own for the names it knows.</summary>
    public string Explanation { get; init; } = "";
}
