using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune.Cli.Output;

/// <summary>What is in a dataset, as tables for people.</summary>
internal static class DataTables
{
    private const int MostColumns = 200;
    private const int MostLevels = 4;
    private const int LongestLevel = 24;

    public static void Show(Screen screen, string path, DatasetSummary summary)
    {
        screen.Paragraph($"{path}: {FigureText.Count(summary.FileRows, "row")}, {FigureText.Count(summary.FileColumns, "column")} ({summary.Format})");
        screen.Line();
        ShowColumns(screen, summary);
        if (summary.Target.Length > 0)
        {
            screen.Line();
            ShowTarget(screen, summary, "row");
        }

        screen.Line();
        ShowFindings(screen, summary.Findings);
    }

    private static void ShowColumns(Screen screen, DatasetSummary summary)
    {
        var table = new ConsoleTable().Column("column").Column("kind", isWrapped: false).Numbers("missing").Column("values").Column("why, and what for");
        foreach (ColumnProfile column in summary.Columns.Take(MostColumns))
        {
            bool isUsed = column.Role is not (ColumnRole.Dropped or ColumnRole.LeftOut);
            Emphasis emphasis = isUsed ? Emphasis.None : Emphasis.Faint;
            string missing = column.Missing == 0 ? "0" : $"{FigureText.Count(column.Missing)} ({FigureText.Percent(column.Missing, column.Missing + column.Known)})";
            table.Row(
                new Cell(column.Name, emphasis),
                new Cell(KindOf(column), emphasis),
                new Cell(missing, emphasis),
                new Cell(ValuesOf(column), emphasis),
                new Cell(PurposeOf(column), emphasis));
        }

        screen.Table(table);
        if (summary.Columns.Length > MostColumns)
        {
            screen.Line($"... and {FigureText.Count(summary.Columns.Length - MostColumns)} columns more; --json lists all.");
        }
    }

    internal static void ShowTarget(Screen screen, DatasetSummary summary, string noun)
    {
        screen.Heading($"Target: {summary.Target}");
        var table = new ConsoleTable().Column("class").Numbers($"{noun}s").Numbers("share").Column("");
        for (int i = 0; i < summary.Classes.Length; i++)
        {
            ClassCount count = summary.Classes[i];
            bool isPositive = summary.Classes.Length == 2 && i == 1;
            table.Row(count.Name, FigureText.Count(count.Count), FigureText.Percent(count.Count, summary.Rows), isPositive ? "positive class" : "");
        }

        screen.Table(table);
        string people = summary.Patients is { } patients ? $" of {FigureText.Count(patients, "patient")}" : "";
        string places = summary.Sites is { } sites ? $" from {FigureText.Count(sites, "site")}" : "";
        string features = summary.Features == 0 ? " would be used." : $" and {FigureText.Count(summary.Features, "feature")} would be used; {FigureText.Percent(summary.MissingShare)} of the features' values are missing.";
        screen.Line($"{FigureText.Count(summary.Rows, noun)}{people}{places}{features}");
        foreach (LeftOutRows left in summary.LeftOut.Where(left => left.Count > 0))
        {
            screen.Line($"{FigureText.Count(left.Count, noun)} left out: {left.Reason}");
        }
    }

    /// <summary>What was found, and what was done about it.</summary>
    public static void ShowFindings(Screen screen, ImmutableArray<Finding> findings)
    {
        if (findings.IsEmpty)
        {
            screen.Line("Nothing was found wrong with the data.");
            return;
        }

        screen.Heading($"{FigureText.Count(findings.Length, "finding")}:");
        int width = findings.Max(finding => finding.Code.Length);
        foreach (Finding finding in findings)
        {
            string label = $"  {JsonText.Word(finding.Severity),-8} {finding.Code.PadRight(width)}  ";
            screen.Paragraph(finding.Message, label.Length, label);
            screen.Paragraph("-> " + finding.Action, label.Length);
        }

        if (findings.Any(finding => finding.Severity == FindingSeverity.Stop))
        {
            screen.Paragraph("A finding marked 'stop' must be answered before training: --accept CODE (or CODE:COLUMN) takes it as it is, --drop leaves its column out.");
        }
    }

    private static string KindOf(ColumnProfile column)
    {
        string kind = JsonText.Word(column.Kind).Replace('-', ' ');
        return column.Unit.Length > 0 ? $"{kind}, {column.Unit}" : kind;
    }

    private static string ValuesOf(ColumnProfile column)
    {
        if (column.Kind == ColumnKind.Number)
        {
            return $"{FigureText.Value(column.Minimum)} to {FigureText.Value(column.Maximum)}, mean {FigureText.Value(column.Mean)}";
        }

        string distinct = FigureText.Count(column.Distinct, "value");
        if (column.Levels.IsEmpty)
        {
            return column.Kind == ColumnKind.Constant ? "" : distinct;
        }

        bool hasCounts = column.Distinct <= 2;
        string levels = string.Join(", ", column.Levels.Take(MostLevels).Select(level => hasCounts ? $"{Short(level.Level)} ({FigureText.Count(level.Count)})" : Short(level.Level)));
        return column.Distinct > MostLevels ? $"{distinct}: {levels} ..." : levels;
    }

    private static string Short(string level) => level.Length > LongestLevel ? string.Concat(level.AsSpan(0, LongestLevel - 3), "...") : level;

    private static string PurposeOf(ColumnProfile column) => column.Role switch
    {
        ColumnRole.Feature => column.WhyKind,
        ColumnRole.Target => "the target",
        ColumnRole.Patient => "says who the patient is",
        ColumnRole.Site => "says which site",
        ColumnRole.Dropped => "left out: --drop",
        _ => $"left out: {column.WhyKind}",
    };
}
