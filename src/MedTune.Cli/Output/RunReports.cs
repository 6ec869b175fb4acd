using MedTune.Data;
using MedTune.Reports;

namespace MedTune.Cli.Output;

/// <summary>The reports of a run: <c>report.html</c> in the language asked for, and the same in the other one beside it.</summary>
/// <remarks>A finished run does not keep all that a report is drawn from, so that a further language could not be made from it later.</remarks>
internal static class RunReports
{
    /// <summary>Draws the reports into the run folder.</summary>
    /// <param name="finished">The run.</param>
    /// <param name="language">The language of <c>report.html</c>.</param>
    /// <returns>The path of <c>report.html</c>.</returns>
    public static string Write(FinishedRun finished, ReportLanguage language)
    {
        string path = RunFolder.Open(finished.Folder).ReportPath;
        ReportLanguage other = language == ReportLanguage.English ? ReportLanguage.Chinese : ReportLanguage.English;
        RunReport.Write(finished, Beside(path, other), other);
        RunReport.Write(finished, path, language);
        return path;
    }

    /// <summary>The report of a run in a language.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="language">The language; null for that of <c>report.html</c>, whichever it is.</param>
    /// <exception cref="DataException">The folder holds no run, or no report in this language.</exception>
    public static string Find(string folder, ReportLanguage? language)
    {
        string path = RunFolder.Open(folder).ReportPath;
        if (!File.Exists(path))
        {
            throw new DataException($"The run in '{folder}' has no report; it is written when the training is finished ('medtune resume' goes on with it).");
        }

        if (language is not { } asked)
        {
            return path;
        }

        if (File.Exists(Beside(path, asked)))
        {
            return Beside(path, asked);
        }

        // Which language the report itself is in shows in what lies beside it; earlier versions wrote English only.
        ReportLanguage own = File.Exists(Beside(path, ReportLanguage.English)) ? ReportLanguage.Chinese : ReportLanguage.English;
        return asked == own
            ? path
            : throw new DataException(
                $"The run in '{folder}' has no report in this language: it was made before there were any, or the file was taken away. Training again with its plan.json (--plan) writes it.");
    }

    private static string Beside(string path, ReportLanguage language) =>
        Path.ChangeExtension(path, language == ReportLanguage.Chinese ? ".zh.html" : ".en.html");
}
