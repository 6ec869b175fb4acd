using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What the columns add to the answers, as drawings.</summary>
internal static class ContributionMapping
{
    private const int MostBars = 10;

    public static ContributionContent? Of(ContributionSummary? summary, RowNoun rows)
    {
        if (summary is null)
        {
            return null;
        }

        string[] places = summary.Examples.Length == 3 ? ["highest risk", "middle risk", "lowest risk"] : [.. summary.Examples.Select(_ => "risk")];
        return new ContributionContent
        {
            Lead = Lead(summary, rows),
            Columns = [.. summary.Columns.Select(column => new ContributionColumn(
                column.Column, column.MeanAbsolute, [.. column.Points.Select(point => new CurvePoint(point.LogOdds, point.Rank))]))],
            Examples =
            [
                // Letters, not rows of the file: the report may be passed on to people who must not know who it is.
                .. summary.Examples.Reverse().Select((example, i) => new EffectGroup(EffectScale.LogOdds, Bars(example))
                {
                    ClassName = $"{ChartWords.Sentence(rows.One)} {(char)('A' + i)}, {places[i]} of these ({NumberText.Percent(example.Probability, 1)})",
                    Explanation = $"The reference patient is at {NumberText.Decimal(example.ReferenceLogOdds, 2)}, and all columns together lead to {NumberText.Decimal(example.LogOdds, 2)}.",
                }),
            ],
        };
    }

    private static string Lead(ContributionSummary summary, RowNoun rows)
    {
        string whose = summary.Part == "test" ? "kept apart from the training" : "the model was fitted to, as none were kept apart";
        string count = summary.Samples == summary.Of ? rows.Count(summary.Samples) : $"{NumberText.Count(summary.Samples)} of the {rows.Count(summary.Of)}";
        return $"Over {count} {whose}. How found: {summary.Method}. Log-odds before calibration; they describe the model, not causes.";
    }

    private static List<EffectRow> Bars(ExampleContributions example)
    {
        var bars = example.Contributions.Take(MostBars).Where(pair => pair.Value != 0).Select(pair => new EffectRow(pair.Key, pair.Value)).ToList();
        var others = example.Contributions.Skip(MostBars).ToList();
        if (others.Count > 0)
        {
            bars.Add(new EffectRow($"{NumberText.Count(others.Count)} other columns together", others.Sum(pair => pair.Value)));
        }

        return bars;
    }
}
