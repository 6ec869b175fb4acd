using MedTune.Prediction;

namespace MedTune.Cli.Output;

/// <summary>How much a column moves the answers of a table.</summary>
/// <param name="Column">The column.</param>
/// <param name="MeanAbsolute">Mean size of its contribution, in log-odds.</param>
/// <param name="Largest">The largest size.</param>
internal sealed record ColumnWeight(string Column, double MeanAbsolute, double Largest)
{
    /// <summary>The columns, the weightiest first.</summary>
    public static IReadOnlyList<ColumnWeight> Of(IReadOnlyList<Explanation> explanations) =>
    [
        .. explanations
            .SelectMany(explanation => explanation.Contributions)
            .GroupBy(contribution => contribution.Column, StringComparer.Ordinal)
            .Select(group => new ColumnWeight(group.Key, group.Average(item => Math.Abs(item.LogOdds)), group.Max(item => Math.Abs(item.LogOdds))))
            .OrderByDescending(weight => weight.MeanAbsolute)
            .ThenBy(weight => weight.Column, StringComparer.Ordinal),
    ];
}
