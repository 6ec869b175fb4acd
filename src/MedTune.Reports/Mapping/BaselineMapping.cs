using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>A baseline table as texts.</summary>
internal static class BaselineMapping
{
    public static BaselineContent? Of(BaselineTable? table, Manifest manifest) => table is null || table.Columns.IsEmpty
        ? null
        : new BaselineContent(Headings(table, manifest), [.. table.Columns.SelectMany(column => Rows(column, table))]) { Unlisted = table.Unlisted };

    private static List<BaselineHeading> Headings(BaselineTable table, Manifest manifest)
    {
        var headings = new List<BaselineHeading> { new("All", Size(table.Sizes[0])) };
        int place = 1;
        foreach (var split in table.Splits)
        {
            foreach (string group in split.Groups)
            {
                // Two classes are called by what they mean: "no" and "yes" say nothing at the head of a table.
                bool isOutcome = manifest.Classes.Length == 2 && split.Groups.AsSpan().SequenceEqual(manifest.Classes.AsSpan());
                string label = !isOutcome ? ChartWords.Sentence(group) : group == manifest.Classes[^1] ? "With the outcome" : "Without";
                headings.Add(new(label, Size(table.Sizes[place++])));
            }

            headings.Add(new("SMD", split.Groups.Length > 2 ? "largest" : ""));
        }

        return headings;
    }

    private static string Size(int rows) => $"n = {NumberText.Count(rows)}";

    private static IEnumerable<BaselineRow> Rows(BaselineColumn column, BaselineTable table)
    {
        for (int i = 0; i < column.Lines.Length; i++)
        {
            var line = column.Lines[i];
            var cells = new List<string> { Cell(line, 0) };
            int place = 1;
            for (int split = 0; split < table.Splits.Length; split++)
            {
                for (int group = 0; group < table.Splits[split].Groups.Length; group++)
                {
                    cells.Add(Cell(line, place++));
                }

                cells.Add(i == 0 ? Difference(column.Differences[split]) : "");
            }

            yield return new BaselineRow(i == 0 ? column.Name : "", Measure(line), cells);
        }
    }

    private static string Measure(BaselineLine line) => line.Figure switch
    {
        BaselineFigure.Mean => "mean (sd)",
        BaselineFigure.Median => "median (quartiles)",
        BaselineFigure.Missing => "missing",
        _ => line.Level ?? "other levels",
    };

    private static string Cell(BaselineLine line, int place)
    {
        var cell = line.Cells[place];

        // The spread of all rows sets the decimals of the whole line.
        double spread = line.Figure == BaselineFigure.Median ? line.Cells[0].Third - line.Cells[0].Second : line.Cells[0].Second;
        return cell.State switch
        {
            BaselineCellState.Small => "<5",
            BaselineCellState.Withheld => "not shown",
            BaselineCellState.TooFew => "too few",
            _ => line.Figure switch
            {
                BaselineFigure.Mean => $"{Fixed(cell.Value, spread)} ({Fixed(cell.Second, spread)})",
                BaselineFigure.Median => $"{Short(cell.Value, spread)} ({Short(cell.Second, spread)} to {Short(cell.Third, spread)})",
                _ => $"{NumberText.Count((long)cell.Value)} ({NumberText.Percent(cell.Second)})",
            },
        };
    }

    private static string Difference(double value) => double.IsNaN(value) ? NumberText.Unknown : value < 0.005 ? "0.00" : NumberText.Decimal(value, 2);

    /// <summary>As many decimals as the spread makes worth reading; none are cut off, so that the digits of a line stand below each other.</summary>
    private static string Fixed(double value, double spread) => spread > 0 ? NumberText.Decimal(value, Digits(spread)) : NumberText.Number(value);

    /// <summary>The same without trailing zeros: medians are often values of the column itself.</summary>
    private static string Short(double value, double spread) => NumberText.Number(spread > 0 ? Math.Round(value, Digits(spread)) : value);

    private static int Digits(double spread) => spread switch
    {
        >= 20 => 0,
        >= 2 => 1,
        >= 0.2 => 2,
        _ => 3,
    };
}
