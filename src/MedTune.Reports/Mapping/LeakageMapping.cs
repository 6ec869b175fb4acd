using MedTune.Data;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The leakage certificate of a run: how the rows were split, what the columns give away, and how each sign was answered.</summary>
internal static class LeakageMapping
{
    private const int MostNamed = 12;

    public static LeakageContent Of(FinishedRun finished)
    {
        var run = finished.Run;
        var certificate = LeakageCertificate.Of(run.Data, run.Plan.Accepted);
        var checks = new List<LeakageRow> { Patients(run.Data, finished.Record), EqualRows(run.Data), NearlyEqualRows(run.Data) };
        checks.AddRange(certificate.Checks
            .Where(check => check.Code != FindingCodes.LeakPatients || run.Data.Patients is null)
            .Select(Row));
        checks.Add(Fitting(run));
        checks.Add(Time(run.Data, finished.Record));
        return new LeakageContent(certificate.Statement, LeakageCertificate.Limit, checks);
    }

    private static LeakageRow Patients(DatasetSummary data, RunRecord record)
    {
        const string Checked = "One patient on both sides of a split.";
        if (Found(data, FindingCodes.FoldsSplitPatients) is { } torn)
        {
            return new LeakageRow(LeakageVerdict.Warning, Checked, torn.Message);
        }

        return data.Patients is { } patients && record.IsTestGiven && !data.IsOfPictures
            ? new LeakageRow(LeakageVerdict.Unknown, Checked, $"Each of the {NumberText.Count(patients)} patients stands in one fold; in the test data, which were given apart, only equal rows were looked for.")
            : data.Patients is { } all
            ? new LeakageRow(LeakageVerdict.Clear, Checked, $"Each of the {NumberText.Count(all)} patients stands on one side of every split.")
            : new LeakageRow(LeakageVerdict.Unknown, Checked, "No column says who the patients are, so every row was taken for another patient; --patient names the column.");
    }

    private static LeakageRow EqualRows(DatasetSummary data)
    {
        const string Checked = "Rows that are equal in all columns and the outcome.";
        if ((Found(data, FindingCodes.TestRowsInTraining) ?? Found(data, FindingCodes.FoldsSplitDuplicates)) is { } torn)
        {
            return new LeakageRow(LeakageVerdict.Warning, Checked, torn.Message);
        }

        return data.DuplicateRows == 0
            ? new LeakageRow(LeakageVerdict.Clear, Checked, "None.")
            : new LeakageRow(LeakageVerdict.Clear, Checked, $"{NumberText.Count(data.DuplicateRows)} {(data.DuplicateRows == 1 ? "equals" : "equal")} an earlier row; equal rows stand on one side of every split.");
    }

    private static LeakageRow NearlyEqualRows(DatasetSummary data)
    {
        const string Checked = "Rows that are equal in all columns but one, as when a patient was entered twice.";
        return Found(data, FindingCodes.NearDuplicates) is { } near
            ? new LeakageRow(LeakageVerdict.Warning, Checked, near.Message)
            : new LeakageRow(LeakageVerdict.Clear, Checked, "None. (Looked for where there are at least five measurements of many values: with fewer, rows are alike by chance.)");
    }

    private static LeakageRow Row(LeakageCheck check)
    {
        LeakageAnswer[] answers = [.. check.Entries.Select(entry => entry.Answer)];
        var verdict = answers.Length == 0 ? LeakageVerdict.Clear
            : answers.Contains(LeakageAnswer.Open) ? LeakageVerdict.Open
            : answers.Contains(LeakageAnswer.Accepted) ? LeakageVerdict.Accepted
            : answers.Contains(LeakageAnswer.Warned) ? LeakageVerdict.Warning
            : LeakageVerdict.LeftOut;

        // Where all were answered alike the result says how.
        bool isAlike = answers.Distinct().Count() == 1;
        string[] details = [.. check.Entries.Take(MostNamed).Select(entry => isAlike ? entry.Seen : $"{entry.Seen} {Answer(entry.Answer)}")];
        return new LeakageRow(verdict, check.Checked, check.Result)
        {
            Details = check.Entries.Length > MostNamed ? [.. details, $"and {NumberText.Count(check.Entries.Length - MostNamed)} more"] : details,
        };
    }

    private static string Answer(LeakageAnswer answer) => answer switch
    {
        LeakageAnswer.Dropped => "Left out with --drop.",
        LeakageAnswer.Accepted => "Taken as it is with --accept.",
        LeakageAnswer.Open => "Not answered.",
        _ => "Kept.",
    };

    private static LeakageRow Fitting(Run run) => new(
        LeakageVerdict.Clear,
        "Anything that was measured, fitted or chosen on rows that judge it.",
        (run.Plan.FromDigest.Length > 0 ? "The source model's preprocessing was used unchanged. " : "Medians, scales and levels were measured inside the training rows of each fold. ")
            + "Settings, kind of model, calibration and threshold came from inner folds of them"
            + (run.Parts.Any(part => part.Part == "test") ? "; the test rows had no say in any of it." : "."));

    private static LeakageRow Time(DatasetSummary data, RunRecord record)
    {
        const string Checked = "Learning from later patients to judge earlier ones.";
        string column = Found(data, FindingCodes.TimeColumn) is { Column: { } name } ? $" The column {name} may hold points in time." : "";
        return record is { HasFolds: true } or { IsTestGiven: true }
            ? new LeakageRow(LeakageVerdict.Unknown, Checked, $"The split was given by a file; whether it follows time only its maker knows.{column}")
            : new LeakageRow(LeakageVerdict.Unknown, Checked, $"Rows were divided at random, not by time: whether the model holds for later patients takes newer data to say.{column}");
    }

    private static Finding? Found(DatasetSummary data, string code) => data.Findings.FirstOrDefault(finding => finding.Code == code);
}
