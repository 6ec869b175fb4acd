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
    public static IReadOnlyList<ColumnRow> Of(DatasetSummary data, Manifest manifest, ImmutableArray<PlanColumn> plan)
    {
        var inputs = manifest.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var uses = plan.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return
        [
            .. data.Columns
                .OrderByDescending(column => inputs.ContainsKey(column.Name)).ThenBy(column => column.Index)
                .Take(MostListed)
                .OrderBy(column => column.Index)
                .Select(column => Row(column, inputs.GetValueOrDefault(column.Name), uses.GetValueOrDefault(column.Name))),
        ];
    }

    /// <summary>The inputs as a model file lists them.</summary>
    public static IReadOnlyList<ColumnRow> Of(Manifest manifest) =>
    [
        .. manifest.Columns.Take(MostListed).Select(column => new ColumnRow(column.Name, Kind(column.Kind))
        {
            MissingShare = column.MissingShare,
            Values = column is { Minimum: { } low, Maximum: { } high }
                ? $"{NumberText.Number(low)} to {NumberText.Number(high)}{(column.Unit.Length > 0 ? " " + column.Unit : "")}"
                : Shortened([.. column.Levels]),
            Note = column.Fill is { } fill ? $"missing is taken as {NumberText.Number(fill)}" : "missing is a level of its own",
        }),
    ];

    private static ColumnRow Row(ColumnProfile column, ManifestColumn? input, PlanColumn? use)
    {
        int rows = column.Known + column.Missing;
        bool isCoded = input is { Kind: "coded" };
        return new ColumnRow(column.Name, isCoded ? Kind("coded") : Kind(column.Kind))
        {
            IsInput = input is not null,
            MissingShare = rows > 0 ? (double)column.Missing / rows : double.NaN,
            Values = isCoded ? Shortened([.. input!.Levels]) : Values(column, input is not null),
            Note = Note(column, input, use),
        };
    }

    private static string Values(ColumnProfile column, bool isInput)
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
            return string.Join(", ", often.Take(MostLevels)) + (others > 0 ? $"{(often.Length > 0 ? ", " : "")}{NumberText.Count(others)} more" : "");
        }

        return column.Kind == ColumnKind.Number && !double.IsNaN(column.Minimum)
            ? $"{Short(column.Minimum)} to {Short(column.Maximum)}, mean {Short(column.Mean)}{(column.Unit.Length > 0 ? " " + column.Unit : "")}"
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

    private static string Note(ColumnProfile column, ManifestColumn? input, PlanColumn? use) => column.Role switch
    {
        ColumnRole.Target => "what is predicted",
        ColumnRole.Patient => "says which rows are one patient's; used for splitting only",
        ColumnRole.Site => "says where a row comes from",
        ColumnRole.Dropped => "left out as asked",
        _ when input is { Kind: "coded" } && use is { Use: "coded" } => use.Reason,
        _ when input is not null => "",
        _ => use?.Reason ?? column.WhyKind,
    };

    private static string Kind(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Category => "category",
        ColumnKind.YesNo => "yes or no",
        ColumnKind.Date => "date",
        ColumnKind.FreeText => "free text",
        ColumnKind.Identifier => "identifier",
        _ => "constant",
    };

    private static string Kind(string kind) => kind == "coded" ? "category in numbers" : kind;

    private static string Shortened(IReadOnlyList<string> levels) =>
        string.Join(", ", levels.Take(MostLevels * 2)) + (levels.Count > MostLevels * 2 ? $", {NumberText.Count(levels.Count - (MostLevels * 2))} more" : "");
}
