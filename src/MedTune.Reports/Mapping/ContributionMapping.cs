using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What the columns add to the answers, as drawings.</summary>
internal static class ContributionMapping
{
    private const int MostBars = 10;

    public static ContributionContent? Of(ContributionSummary? summary, Manifest manifest, RowNoun rows, ReportWords words)
    {
        if (summary is null)
        {
            return null;
        }

        return new ContributionContent
        {
            Lead = Lead(summary, rows, words),
            Columns = [.. summary.Columns.Select(column => new ContributionColumn(
                column.Column, column.MeanAbsolute, [.. column.Points.Select(point => new CurvePoint(point.LogOdds, point.Rank))]))],
            Examples =
            [
                // Letters, not rows of the file: the report may be passed on to people who must not know who it is.
                .. (manifest.Classes.Length == 2 ? summary.Examples.Reverse() : summary.Examples).Select((example, i) => new EffectGroup(EffectScale.LogOdds, Bars(example, words))
                {
                    ClassName = words.Of(
                        $"{ChartWords.Sentence(rows.One)} {(char)('A' + i)}, {Place(summary, manifest, i, words)} ({NumberText.Percent(example.Probability, 1)})",
                        $"{words.Noun(rows.One)} {(char)('A' + i)}，{Place(summary, manifest, i, words)}（{NumberText.Percent(example.Probability, 1)}）"),
                    Explanation = words.Of(
                        $"The reference {rows.One} is at {NumberText.Decimal(example.ReferenceLogOdds, 2)}, and all columns together lead to {NumberText.Decimal(example.LogOdds, 2)}.",
                        $"参照{words.Noun(rows.One)}为 {NumberText.Decimal(example.ReferenceLogOdds, 2)}，所有变量合计达到 {NumberText.Decimal(example.LogOdds, 2)}。"),
                }),
            ],
        };
    }

    private static string Place(ContributionSummary summary, Manifest manifest, int place, ReportWords words)
    {
        if (manifest.Classes.Length > 2)
        {
            string name = ChartWords.Shortened(summary.Examples[place].Class);
            return words.Of($"the surest “{name}”", $"最有把握的“{name}”");
        }

        return (summary.Examples.Length == 3 ? place : -1) switch
        {
            0 => words.Of("highest risk of these", "其中风险最高"),
            1 => words.Of("middle risk of these", "其中风险居中"),
            2 => words.Of("lowest risk of these", "其中风险最低"),
            _ => words.Of("risk", "风险"),
        };
    }

    private static string Lead(ContributionSummary summary, RowNoun rows, ReportWords words)
    {
        bool isTest = summary.Part == "test";
        bool isAll = summary.Samples == summary.Of;
        (string some, string all) = (NumberText.Count(summary.Samples), rows.Count(summary.Of, words));
        return words.Of(
            $"Over {(isAll ? all : $"{some} of the {all}")} {(isTest ? "kept apart from the training" : "the model was fitted to, as none were kept apart")}. "
                + $"How found: {summary.Method}. {(summary.IsCalibrated ? "Log-odds of the answer" : "Log-odds before calibration")}; they describe the model, not causes.",
            $"基于{(isTest ? "未参与训练的" : "拟合所用的（没有另外保留的）")} {all}{(isAll ? "" : $"中的 {some} 例")}。"
                + $"方法：{words.Given(summary.Method)}。{(summary.IsCalibrated ? "为答案的对数优势" : "为校准前的对数优势")}；描述的是模型，而不是病因。");
    }

    private static List<EffectRow> Bars(ExampleContributions example, ReportWords words)
    {
        var bars = example.Contributions.Take(MostBars).Where(pair => pair.Value != 0).Select(pair => new EffectRow(pair.Key, pair.Value)).ToList();
        var others = example.Contributions.Skip(MostBars).ToList();
        if (others.Count > 0)
        {
            bars.Add(new EffectRow(words.Of($"{NumberText.Count(others.Count)} other columns together", $"其余 {NumberText.Count(others.Count)} 个变量合计"), others.Sum(pair => pair.Value)));
        }

        return bars;
    }
}
