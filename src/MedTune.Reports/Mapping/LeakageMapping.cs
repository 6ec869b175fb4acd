using MedTune.Data;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The leakage certificate of a run: how the rows were split, what the columns give away, and how each sign was answered.</summary>
internal static class LeakageMapping
{
    private const int MostNamed = 12;

    public static LeakageContent Of(FinishedRun finished, ReportWords words)
    {
        var run = finished.Run;
        var certificate = LeakageCertificate.Of(run.Data, run.Plan.Accepted);
        var checks = new List<LeakageRow> { Patients(run.Data, finished.Record, words), EqualRows(run.Data, words), NearlyEqualRows(run.Data, words) };
        checks.AddRange(certificate.Checks
            .Where(check => check.Code != FindingCodes.LeakPatients || run.Data.Patients is null)
            .Select(check => Row(check, words)));
        checks.Add(Fitting(run, words));
        checks.Add(Time(run.Data, finished.Record, words));
        return new LeakageContent(words.Given(certificate.Statement), words.Given(LeakageCertificate.Limit), checks);
    }

    private static LeakageRow Patients(DatasetSummary data, RunRecord record, ReportWords words)
    {
        string @checked = words.Of("One patient on both sides of a split.", "同一患者出现在划分的两侧。");
        if (Found(data, FindingCodes.FoldsSplitPatients) is { } torn)
        {
            return new LeakageRow(LeakageVerdict.Warning, @checked, words.Given(torn.Message));
        }

        return data.Patients is { } patients && record.IsTestGiven && !data.IsOfPictures
            ? new LeakageRow(LeakageVerdict.Unknown, @checked, words.Of(
                $"Each of the {NumberText.Count(patients)} patients stands in one fold; in the test data, which were given apart, only equal rows were looked for.",
                $"{NumberText.Count(patients)} 例患者各位于一折；在单独给出的测试数据中只查找了相同的记录。"))
            : data.Patients is { } all
            ? new LeakageRow(LeakageVerdict.Clear, @checked, words.Of(
                $"Each of the {NumberText.Count(all)} patients stands on one side of every split.",
                $"{NumberText.Count(all)} 例患者在每次划分时均位于同一侧。"))
            : new LeakageRow(LeakageVerdict.Unknown, @checked, words.Of(
                "No column says who the patients are, so every row was taken for another patient; --patient names the column.",
                "没有列标明患者，因此每条记录视为不同的患者；可用 --patient 指定该列。"));
    }

    private static LeakageRow EqualRows(DatasetSummary data, ReportWords words)
    {
        string @checked = words.Of("Rows that are equal in all columns and the outcome.", "所有列和结局均相同的记录。");
        if ((Found(data, FindingCodes.TestRowsInTraining) ?? Found(data, FindingCodes.FoldsSplitDuplicates)) is { } torn)
        {
            return new LeakageRow(LeakageVerdict.Warning, @checked, words.Given(torn.Message));
        }

        return data.DuplicateRows == 0
            ? new LeakageRow(LeakageVerdict.Clear, @checked, words.Of("None.", "无。"))
            : new LeakageRow(LeakageVerdict.Clear, @checked, words.Of(
                $"{NumberText.Count(data.DuplicateRows)} {(data.DuplicateRows == 1 ? "equals" : "equal")} an earlier row; equal rows stand on one side of every split.",
                $"{NumberText.Count(data.DuplicateRows)} 条与前面某条记录相同；相同的记录在每次划分时位于同一侧。"));
    }

    private static LeakageRow NearlyEqualRows(DatasetSummary data, ReportWords words)
    {
        string @checked = words.Of(
            "Rows that are equal in all columns but one, as when a patient was entered twice.",
            "除一列外完全相同的记录，例如同一患者被录入两次。");
        return Found(data, FindingCodes.NearDuplicates) is { } near
            ? new LeakageRow(LeakageVerdict.Warning, @checked, words.Given(near.Message))
            : new LeakageRow(LeakageVerdict.Clear, @checked, words.Of(
                "None. (Looked for where there are at least five measurements of many values: with fewer, rows are alike by chance.)",
                "无。（只在至少有五项取值较多的测量时查找：更少时记录会偶然相同。）"));
    }

    private static LeakageRow Row(LeakageCheck check, ReportWords words)
    {
        LeakageAnswer[] answers = [.. check.Entries.Select(entry => entry.Answer)];
        var verdict = answers.Length == 0 ? LeakageVerdict.Clear
            : answers.Contains(LeakageAnswer.Open) ? LeakageVerdict.Open
            : answers.Contains(LeakageAnswer.Accepted) ? LeakageVerdict.Accepted
            : answers.Contains(LeakageAnswer.Warned) ? LeakageVerdict.Warning
            : LeakageVerdict.LeftOut;

        // Where all were answered alike the result says how.
        bool isAlike = answers.Distinct().Count() == 1;
        string[] details = [.. check.Entries.Take(MostNamed).Select(entry => words.Given(entry.Seen) + (isAlike ? "" : words.Space + Answer(entry.Answer, words)))];
        return new LeakageRow(verdict, words.Given(check.Checked), words.Given(check.Result))
        {
            Details = check.Entries.Length > MostNamed ? [.. details, words.Of($"and {NumberText.Count(check.Entries.Length - MostNamed)} more", $"另有 {NumberText.Count(check.Entries.Length - MostNamed)} 项")] : details,
        };
    }

    private static string Answer(LeakageAnswer answer, ReportWords words) => answer switch
    {
        LeakageAnswer.Dropped => words.Of("Left out with --drop.", "以 --drop 排除。"),
        LeakageAnswer.Accepted => words.Of("Taken as it is with --accept.", "以 --accept 照原样采用。"),
        LeakageAnswer.Open => words.Of("Not answered.", "未答复。"),
        _ => words.Of("Kept.", "保留。"),
    };

    private static LeakageRow Fitting(Run run, ReportWords words) => new(
        LeakageVerdict.Clear,
        words.Of("Anything that was measured, fitted or chosen on rows that judge it.", "用评价记录来测量、拟合或选择。"),
        (run.Plan.FromDigest.Length > 0
            ? words.Of("The source model's preprocessing was used unchanged. ", "源模型的预处理未作改动。")
            : words.Of("Medians, scales and levels were measured inside the training rows of each fold. ", "中位数、尺度和水平均在各折的训练记录内测量。"))
            + words.Of("Settings, kind of model, calibration and threshold came from inner folds of them", "设置、模型种类、校准和阈值来自其内层折")
            + (run.Parts.Any(part => part.Part == "test") ? words.Of("; the test rows had no say in any of it.", "；测试记录不参与其中任何一项。") : words.Of(".", "。")));

    private static LeakageRow Time(DatasetSummary data, RunRecord record, ReportWords words)
    {
        string @checked = words.Of("Learning from later patients to judge earlier ones.", "用较晚的患者学习来评价较早的患者。");
        string column = Found(data, FindingCodes.TimeColumn) is { Column: { } name } ? words.Of($" The column {name} may hold points in time.", $"变量 {name} 可能含时间点。") : "";
        return record is { HasFolds: true } or { IsTestGiven: true }
            ? new LeakageRow(LeakageVerdict.Unknown, @checked, words.Of("The split was given by a file; whether it follows time only its maker knows.", "划分由文件给出；是否按时间划分只有制作者知道。") + column)
            : new LeakageRow(LeakageVerdict.Unknown, @checked, words.Of(
                "Rows were divided at random, not by time: whether the model holds for later patients takes newer data to say.",
                "记录是随机而非按时间划分的：模型对以后的患者是否成立，需要更新的数据才能判断。") + column);
    }

    private static Finding? Found(DatasetSummary data, string code) => data.Findings.FirstOrDefault(finding => finding.Code == code);
}
