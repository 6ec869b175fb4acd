using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>A baseline table as texts.</summary>
internal static class BaselineMapping
{
    public static BaselineContent? Of(BaselineTable? table, Manifest manifest, ReportWords words) => table is null || table.Columns.IsEmpty
        ? null
        : new BaselineContent(Headings(table, manifest, words), [.. table.Columns.SelectMany(column => Rows(column, table, words))]) { Unlisted = table.Unlisted };

    private static List<BaselineHeading> Headings(BaselineTable table, Manifest manifest, ReportWords words)
    {
        var headings = new List<BaselineHeading> { new(words.Of("All", "合计"), Size(table.Sizes[0])) };
        int place = 1;
        foreach (var split in table.Splits)
        {
            foreach (string group in split.Groups)
            {
                // Two classes are called by what they mean: "no" and "yes" say nothing at the head of a table.
                bool isOutcome = manifest.Classes.Length == 2 && split.Groups.AsSpan().SequenceEqual(manifest.Classes.AsSpan());
                string label = !isOutcome ? PartOf(split, group, words)
                    : group == manifest.Classes[^1] ? words.Of("With the outcome", "结局阳性") : words.Of("Without", "结局阴性");
                headings.Add(new(label, Size(table.Sizes[place++])));
            }

            headings.Add(new("SMD", split.Groups.Length > 2 ? words.Of("largest", "最大") : ""));
        }

        return headings;
    }

    /// <summary>The parts of the data by their names; classes stay as they are.</summary>
    private static string PartOf(BaselineSplit split, string group, ReportWords words) => (split.Name, group) switch
    {
        ("part", "training folds") => words.Of("Training folds", "训练各折"),
        ("part", "sealed") => words.Of("Sealed", "封存集"),
        _ => ChartWords.Sentence(group),
    };

    private static string Size(int rows) => $"n = {NumberText.Count(rows)}";

    private static IEnumerable<BaselineRow> Rows(BaselineColumn column, BaselineTable table, ReportWords words)
    {
        for (int i = 0; i < column.Lines.Length; i++)
        {
            var line = column.Lines[i];
            var cells = new List<string> { Cell(line, 0, words) };
            int place = 1;
            for (int split = 0; split < table.Splits.Length; split++)
            {
                for (int group = 0; group < table.Splits[split].Groups.Length; group++)
                {
                    cells.Add(Cell(line, place++, words));
                }

                cells.Add(i == 0 ? Difference(column.Differences[split]) : "");
            }

            yield return new BaselineRow(i == 0 ? column.Name : "", Measure(line, words), cells);
        }
    }

    private static string Measure(BaselineLine line, ReportWords words) => line.Figure switch
    {
        BaselineFigure.Mean => words.Of("mean (sd)", "均数（标准差）"),
        BaselineFigure.Median => words.Of("median (quartiles)", "中位数（四分位数）"),
        BaselineFigure.Missing => words.Of("missing", "缺失"),
        _ => line.Level ?? words.Of("other levels", "其他水平"),
    };

    private static string Cell(BaselineLine line, int place, ReportWords words)
    {
        var cell = line.Cells[place];

        // The spread of all rows sets the decimals of the whole line.
        double spread = line.Figure == BaselineFigure.Median ? line.Cells[0].Third - line.Cells[0].Second : line.Cells[0].Second;
        return cell.State switch
        {
            BaselineCellState.Small => "<5",
            BaselineCellState.Withheld => words.Of("not shown", "不显示"),
            BaselineCellState.TooFew => words.Of("too few", "过少"),
            _ => line.Figure switch
            {
                BaselineFigure.Mean => $"{Fixed(cell.Value, spread)} ({Fixed(cell.Second, spread)})",
                BaselineFigure.Median => $"{Short(cell.Value, spread)} ({words.Range(Short(cell.Second, spread), Short(cell.Third, spread))})",
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
