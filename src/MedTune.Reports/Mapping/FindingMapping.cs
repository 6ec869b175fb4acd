using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What was found in the data; findings of one kind about many columns become one row, but for those that stopped the training.</summary>
internal static class FindingMapping
{
    private const int MostOfAKind = 3;
    private const int MostNamed = 8;

    /// <param name="findings">What was found.</param>
    /// <param name="manifest">The model's: how it reads a column decides what was done about it.</param>
    /// <param name="accepted">Codes that were accepted.</param>
    /// <param name="words">The report's words.</param>
    public static IReadOnlyList<FindingRow> Of(IEnumerable<Finding> findings, Manifest manifest, ImmutableArray<string> accepted, ReportWords words) =>
    [
        .. findings.Select(finding => Decided(finding, manifest, words))
            .GroupBy(finding => (finding.Code, finding.Severity))
            .SelectMany(group => group.Count() > MostOfAKind && group.Key.Severity != FindingSeverity.Stop && group.All(finding => finding.Column is not null)
                ? [Joined(group.Key.Code, [.. group], accepted, words)]
                : group.Select(finding => Single(finding, accepted, words))),
    ];

    /// <summary>Reading a table only proposes how to take a column of codes; the plan, or the source model, decided.</summary>
    private static Finding Decided(Finding finding, Manifest manifest, ReportWords words) =>
        finding.Code == FindingCodes.LooksCoded && manifest.Columns.FirstOrDefault(column => column.Name == finding.Column) is { } column
            ? finding with
            {
                Action = column.Kind == "number"
                    ? words.Of("Taken as a number.", "作为数值处理。")
                    : words.Of("Taken as codes, each with a weight of its own; the plan can say number instead.", "作为编码处理，每个编码有各自的权重；计划中可改为 number。"),
            }
            : finding;

    private static FindingRow Single(Finding finding, ImmutableArray<string> accepted, ReportWords words) =>
        new(Level(finding.Severity), words.Given(finding.Message), Action(finding.Action, finding, accepted, words))
        {
            Code = finding.Code,

            // Most messages name their column already.
            Column = finding.Column is { } column && finding.Message.Contains(column, StringComparison.Ordinal) ? null : finding.Column,
            Count = finding.Count,
        };

    private static FindingRow Joined(string code, Finding[] group, ImmutableArray<string> accepted, ReportWords words)
    {
        string[] actions = [.. group.Select(finding => words.Given(finding.Action)).Distinct(StringComparer.Ordinal)];
        string action = actions.Length == 1 ? actions[0] : actions.Length <= 3 ? string.Join(words.Of(" Or: ", "或："), actions)
            : words.Of($"Column by column, for example: {actions[0]}", $"逐列处理，例如：{actions[0]}");
        string[] columns = [.. group.Select(finding => finding.Column!).Distinct(StringComparer.Ordinal)];
        string more = NumberText.Count(columns.Length - MostNamed);
        string named = string.Join(", ", columns.Take(MostNamed)) + (columns.Length > MostNamed ? words.Of($" and {more} more", $"，另有 {more} 列") : "");
        string message = words.Of(
            $"{NumberText.Count(columns.Length)} columns {Said(code, words)}: {named}.",
            $"{NumberText.Count(columns.Length)} {(code == ImageFindingCodes.RareFinding ? "个征象" : "列")}{Said(code, words)}：{named}。");
        return new FindingRow(Level(group[0].Severity), message, Action(action, group[0], accepted, words))
        {
            Code = code,
            Count = columns.Length,
        };
    }

    private static string Action(string action, Finding finding, ImmutableArray<string> accepted, ReportWords words) =>
        finding.Severity == FindingSeverity.Stop && finding.IsAcceptedBy(accepted)
            ? words.Of($"{action} Accepted by whoever made the run.", $"{words.Given(action)}已由运行者接受。").TrimStart()
            : words.Given(action);

    /// <summary>What a kind of finding says of several columns at once.</summary>
    private static string Said(string code, ReportWords words) => code switch
    {
        FindingCodes.WhiteSpace => words.Of("have white space around values", "的值前后有空白"),
        FindingCodes.StrayCharacters => words.Of("hold control characters or traces of a wrong conversion", "含控制字符或错误转码的痕迹"),
        FindingCodes.MissingMarker => words.Of("hold marks that were taken as missing", "含被视为缺失的标记"),
        FindingCodes.PossibleMissingMarker => words.Of("hold texts that can mean missing but were kept", "含可能表示缺失但被保留的文字"),
        FindingCodes.NumberFormat => words.Of("hold numbers written in an unusual way", "的数字写法不寻常"),
        FindingCodes.Unit => words.Of("have a unit written into the cells", "的单元格中写有单位"),
        FindingCodes.MixedUnits => words.Of("mix several units", "混用多种单位"),
        FindingCodes.BeyondLimit => words.Of("hold values beyond a measuring limit", "含超出检测限的值"),
        FindingCodes.NotANumber => words.Of("hold a few cells that are no numbers", "有少量单元格不是数字"),
        FindingCodes.ColumnLeftOut => words.Of("cannot be inputs", "不能作为输入"),
        FindingCodes.ColumnDropped => words.Of("were named with --drop", "由 --drop 指定排除"),
        FindingCodes.LooksCoded => words.Of("hold few different whole numbers, which may be codes", "只有少数不同的整数，可能是编码"),
        FindingCodes.ManyLevels => words.Of("have very many levels for the number of rows", "的水平数相对于记录数过多"),
        FindingCodes.RareClass => words.Of("have a class with few rows", "有记录很少的类别"),
        FindingCodes.ImpossibleZeros => words.Of("hold zeros that no patient can have", "含患者不可能有的 0"),
        FindingCodes.ImpossibleValues => words.Of("hold values that no patient can have", "含患者不可能有的值"),
        FindingCodes.UnitSuspicion => words.Of("may mix two units", "可能混用两种单位"),
        FindingCodes.RareCategories => words.Of("have levels with very few rows", "有记录极少的水平"),
        FindingCodes.OneSidedLevels => words.Of("have levels on which the outcome never differs", "有结局从无差异的水平"),
        FindingCodes.MixedDates => words.Of("hold dates in several forms", "的日期有多种写法"),
        FindingCodes.FutureDates => words.Of("hold dates in the future", "含未来的日期"),
        FindingCodes.DatesAfterOutcome => words.Of("hold dates after that of the outcome", "含晚于结局的日期"),
        FindingCodes.SiteColumn => words.Of("may say where a row comes from", "可能标明记录来源"),
        FindingCodes.TimeColumn => words.Of("may hold a point in time", "可能含时间点"),
        FindingCodes.LeakStrongColumn => words.Of("alone tell the target very well", "单独即可很好地预测结局"),
        FindingCodes.LeakAfterTheFact => words.Of("speak of what is known only afterwards", "涉及事后才知道的内容"),
        FindingCodes.LeakSameOutcome => words.Of("measure the outcome itself another way", "以另一种方式测量结局本身"),
        FindingCodes.LeakTargetCopy => words.Of("tell the target almost without error", "几乎无误地反映结局"),
        ImageFindingCodes.RareFinding => words.Of($"share the finding '{code}'", "过于少见"),
        _ => words.Of($"share the finding '{code}'", $"有同样的发现（{code}）"),
    };

    private static FindingLevel Level(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Stop => FindingLevel.Stop,
        FindingSeverity.Warning => FindingLevel.Warning,
        _ => FindingLevel.Note,
    };
}
