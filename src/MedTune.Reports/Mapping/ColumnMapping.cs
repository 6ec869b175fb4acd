using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The table of columns. Cells of columns that can name a person never appear in it.</summary>
internal static class ColumnMapping
{
    /// <summary>Most columns listed; wider tables say how many more there are.</summary>
    public const int MostListed = 300;

    private const int MostLevels = 6;

    // A level of fewer patients could point at one of them.
    private const int FewestOfLevel = 5;

    /// <summary>The columns of a file, those the model reads first to be listed where there are too many.</summary>
    public static IReadOnlyList<ColumnRow> Of(DatasetSummary data, Manifest manifest, ImmutableArray<PlanColumn> plan, ReportWords words)
    {
        var inputs = manifest.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var uses = plan.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return
        [
            .. data.Columns
                .OrderByDescending(column => inputs.ContainsKey(column.Name)).ThenBy(column => column.Index)
                .Take(MostListed)
                .OrderBy(column => column.Index)
                .Select(column => Row(column, inputs.GetValueOrDefault(column.Name), uses.GetValueOrDefault(column.Name), words)),
        ];
    }

    /// <summary>The inputs as a model file lists them.</summary>
    public static IReadOnlyList<ColumnRow> Of(Manifest manifest, ReportWords words) =>
    [
        .. manifest.Columns.Take(MostListed).Select(column => new ColumnRow(column.Name, Kind(column.Kind, words))
        {
            MissingShare = column.MissingShare,
            Values = column is { Minimum: { } low, Maximum: { } high }
                ? $"{words.Range(NumberText.Number(low), NumberText.Number(high))}{(column.Unit.Length > 0 ? " " + column.Unit : "")}"
                : Shortened([.. column.Levels], words),
            Note = column.Fill is { } fill
                ? words.Of($"missing is taken as {NumberText.Number(fill)}", $"缺失时取 {NumberText.Number(fill)}")
                : words.Of("missing is a level of its own", "缺失单独作为一个水平"),
        }),
    ];

    private static ColumnRow Row(ColumnProfile column, ManifestColumn? input, PlanColumn? use, ReportWords words)
    {
        int rows = column.Known + column.Missing;
        bool isCoded = input is { Kind: "coded" };
        return new ColumnRow(column.Name, isCoded ? Kind("coded", words) : Kind(column.Kind, words))
        {
            IsInput = input is not null,
            MissingShare = rows > 0 ? (double)column.Missing / rows : double.NaN,
            Values = isCoded ? Shortened([.. input!.Levels], words) : Values(column, input is not null, words),
            Note = Note(column, input, use, words),
        };
    }

    private static string Values(ColumnProfile column, bool isInput, ReportWords words)
    {
        if (!isInput && column.Role != ColumnRole.Target)
        {
            return "";
        }

        if (column.Kind is ColumnKind.Category or ColumnKind.YesNo)
        {
            int known = column.Known;
            var often = column.Levels.Where(level => level.Count >= FewestOfLevel)
                .Select(level => $"{level.Level}: {NumberText.Percent((double)level.Count / known)}").ToArray();
            int others = column.Distinct - Math.Min(often.Length, MostLevels);
            return string.Join(", ", often.Take(MostLevels)) + (others > 0 ? $"{(often.Length > 0 ? ", " : "")}{words.Of($"{NumberText.Count(others)} more", $"另有 {NumberText.Count(others)} 个")}" : "");
        }

        return column.Kind == ColumnKind.Number && !double.IsNaN(column.Minimum)
            ? words.Of(
                $"{Short(column.Minimum)} to {Short(column.Maximum)}, mean {Short(column.Mean)}",
                $"{Short(column.Minimum)}～{Short(column.Maximum)}，均数 {Short(column.Mean)}") + (column.Unit.Length > 0 ? " " + column.Unit : "")
            : "";
    }

    private static string Short(double value) => Math.Abs(value) switch
    {
        >= 100 => NumberText.Decimal(value, 0),
        >= 10 => NumberText.Number(Math.Round(value, 1)),
        >= 1 => NumberText.Number(Math.Round(value, 2)),
        >= 0.1 => NumberText.Number(Math.Round(value, 3)),
        >= 0.01 => NumberText.Number(Math.Round(value, 4)),
        _ => NumberText.Number(Math.Round(value, 6)),
    };

    private static string Note(ColumnProfile column, ManifestColumn? input, PlanColumn? use, ReportWords words) => column.Role switch
    {
        ColumnRole.Target => words.Of("what is predicted", "预测的结局"),
        ColumnRole.Patient => words.Of("says which rows are one patient's; used for splitting only", "标明同一患者的记录；仅用于划分数据"),
        ColumnRole.Site => words.Of("says where a row comes from", "标明记录的来源"),
        ColumnRole.Dropped => words.Of("left out as asked", "按要求排除"),
        _ when input is { Kind: "coded" } && use is { Use: "coded" } => words.Given(use.Reason),
        _ when input is not null => "",
        _ => words.Given(use?.Reason ?? column.WhyKind),
    };

    private static string Kind(ColumnKind kind, ReportWords words) => kind switch
    {
        ColumnKind.Number => words.Of("number", "数值"),
        ColumnKind.Category => words.Of("category", "类别"),
        ColumnKind.YesNo => words.Of("yes or no", "是/否"),
        ColumnKind.Date => words.Of("date", "日期"),
        ColumnKind.FreeText => words.Of("free text", "自由文本"),
        ColumnKind.Identifier => words.Of("identifier", "标识符"),
        _ => words.Of("constant", "常量"),
    };

    private static string Kind(string kind, ReportWords words) => kind switch
    {
        "coded" => words.Of("category in numbers", "数字编码的类别"),
        "number" => words.Of(kind, "数值"),
        "category" => words.Of(kind, "类别"),
        _ => kind,
    };

    private static string Shortened(IReadOnlyList<string> levels, ReportWords words) =>
        string.Join(", ", levels.Take(MostLevels * 2)) + (levels.Count > MostLevels * 2 ? words.Of($", {NumberText.Count(levels.Count - (MostLevels * 2))} more", $"，另有 {NumberText.Count(levels.Count - (MostLevels * 2))} 个") : "");
}
