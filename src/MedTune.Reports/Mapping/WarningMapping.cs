using MedTune.Data;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What a reader must know before the figures.</summary>
internal static class WarningMapping
{
    private const double MuchMissing = 0.2;
    private const int MostNamed = 5;

    public static IReadOnlyList<string> Of(FinishedRun finished, ReportWords words)
    {
        var warnings = new List<string>();
        if (finished.Record.TestOpenings > 1)
        {
            string what = finished.Record.IsTestGiven ? words.Of("test data", "测试数据") : words.Of("sealed part", "封存集");
            warnings.Add(words.Of(
                $"The {what} has been opened {NumberText.Count(finished.Record.TestOpenings)} times by now: choices made after a look make its figures a little too good.",
                $"{what}至今已启封 {NumberText.Count(finished.Record.TestOpenings)} 次：查看之后所作的选择会使其指标略偏高。"));
        }

        if (LeftOutByClock(finished.Run) is { } leftOut)
        {
            warnings.Add(words.Of(
                $"The time limit ended the comparison of models before all were done ({leftOut}). What is said here holds for those that were; more time may find a better one.",
                $"因时限，模型比较未全部完成（{words.Given(leftOut)}）。此处结论只适用于已完成的模型；更多时间或可找到更好的。"));
        }

        warnings.AddRange(finished.Run.Parts.Select(part => SetsMapping.Warning(part, finished.Run.Model.Manifest, words)).OfType<string>());
        warnings.AddRange(Grave(finished.Run.Data, words));
        var missing = finished.Run.Model.Manifest.Columns.Where(column => column.MissingShare >= MuchMissing).OrderByDescending(column => column.MissingShare).ToArray();
        if (missing.Length > 0)
        {
            string named = string.Join(words.Comma, missing.Take(MostNamed).Select(column => column.Name + words.InBrackets(NumberText.Percent(column.MissingShare))));
            string more = NumberText.Count(missing.Length - MostNamed);
            warnings.Add(words.Of(
                $"Much is missing in {named}{(missing.Length > MostNamed ? $" and {more} more columns" : "")}: why it is missing there may differ in another hospital.",
                $"{named}{(missing.Length > MostNamed ? $"，以及另外 {more} 列" : "")}缺失较多：缺失的原因在另一家医院可能不同。"));
        }

        return warnings;
    }

    /// <summary>What the time limit left out, or null.</summary>
    public static string? LeftOutByClock(Run run) => run.Events.FirstOrDefault(happened => happened.Step == "time limit")?.Detail;

    /// <summary>What stopped training until a person accepted it, and what was guessed about the outcome.</summary>
    public static IEnumerable<string> Grave(DatasetSummary data, ReportWords words)
    {
        foreach (var finding in data.Findings)
        {
            if (finding.Severity == FindingSeverity.Stop || (finding.Severity == FindingSeverity.Warning && finding.Code == FindingCodes.PositiveClass))
            {
                yield return words.Given(finding.Message);
            }
        }
    }
}
