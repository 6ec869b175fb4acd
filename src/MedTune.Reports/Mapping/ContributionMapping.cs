using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What the columns add to the answers, as drawings.</summary>
internal static class ContributionMapping
{
    private const int MostBars = 10;

    public static ContributionContent? Of(ContributionSummary? summary, Manifest manifest, RowNoun rows)
    {
        if (summary is null)
        {
            return null;
        }

        return new ContributionContent
        {
            Lead = Lead(summary, rows),
            Columns = [.. summary.Columns.Select(column => new ContributionColumn(
                column.Column, column.MeanAbsolute, [.. column.Points.Select(point => new CurvePoint(point.LogOdds, point.Rank))]))],
            Examples =
            [
                // Letters, not rows of the file: the report may be passed on to people who must not know who it is.
                .. (manifest.Classes.Length == 2 ? summary.Examples.Reverse() : summary.Examples).Select((example, i) => new EffectGroup(EffectScale.LogOdds, Bars(example))
                {
                    ClassName = $"{ChartWords.Sentence(rows.One)} {(char)('A' + i)}, {Place(summary, manifest, i)} ({NumberText.Percent(example.Probability, 1)})",
                    Explanation = $"The reference {rows.One} is at {NumberText.Decimal(example.ReferenceLogOdds, 2)}, and all columns together lead to {NumberText.Decimal(example.LogOdds, 2)}.",
                }),
            ],
        };
    }

    private static string Place(ContributionSummary summary, Manifest manifest, int place)
    {
        if (manifest.Classes.Length > 2)
        {
            return $"the surest “{ChartWords.Shortened(summary.Examples[place].Class)}”";
        }

        return summary.Examples.Length == 3 ? new[] { "highest risk of these", "middle risk of these", "lowest risk of these" }[place] : "risk";
    }

    private static string Lead(ContributionSummary summary, RowNoun rows)
    {
        string whose = summary.Part == "test" ? "kept apart from the training" : "the model was fitted to, as none were kept apart";
        string count = summary.Samples == summary.Of ? rows.Count(summary.Samples) : $"{NumberText.Count(summary.Samples)} of the {rows.Count(summary.Of)}";
        return $"Over {count} {whose}. How found: {summary.Method}. {(summary.IsCalibrated ? "Log-odds of the answer" : "Log-odds before calibration")}; they describe the model, not causes.";
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
