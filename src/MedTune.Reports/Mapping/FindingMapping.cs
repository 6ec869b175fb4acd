using System.Collections.Immutable;
using MedTune.Data;
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
    public static IReadOnlyList<FindingRow> Of(IEnumerable<Finding> findings, Manifest manifest, ImmutableArray<string> accepted) =>
    [
        .. findings.Select(finding => Decided(finding, manifest))
            .GroupBy(finding => (finding.Code, finding.Severity))
            .SelectMany(group => group.Count() > MostOfAKind && group.Key.Severity != FindingSeverity.Stop && group.All(finding => finding.Column is not null)
                ? [Joined(group.Key.Code, [.. group], accepted)]
                : group.Select(finding => Single(finding, accepted))),
    ];

    /// <summary>Reading a table only proposes how to take a column of codes; the plan, or the source model, decided.</summary>
    private static Finding Decided(Finding finding, Manifest manifest) =>
        finding.Code == FindingCodes.LooksCoded && manifest.Columns.FirstOrDefault(column => column.Name == finding.Column) is { } column
            ? finding with
            {
                Action = column.Kind == "number"
                    ? "Taken as a number."
                    : "Taken as codes, each with a weight of its own; the plan can say number instead.",
            }
            : finding;

    private static FindingRow Single(Finding finding, ImmutableArray<string> accepted) =>
        new(Level(finding.Severity), finding.Message, Action(finding.Action, finding, accepted))
        {
            Code = finding.Code,

            // Most messages name their column already.
            Column = finding.Column is { } column && finding.Message.Contains(column, StringComparison.Ordinal) ? null : finding.Column,
            Count = finding.Count,
        };

    private static FindingRow Joined(string code, Finding[] group, ImmutableArray<string> accepted)
    {
        string[] actions = [.. group.Select(finding => finding.Action).Distinct(StringComparer.Ordinal)];
        string action = actions.Length == 1 ? actions[0] : actions.Length <= 3 ? string.Join(" Or: ", actions) : $"Column by column, for example: {actions[0]}";
        string[] columns = [.. group.Select(finding => finding.Column!).Distinct(StringComparer.Ordinal)];
        string named = string.Join(", ", columns.Take(MostNamed)) + (columns.Length > MostNamed ? $" and {NumberText.Count(columns.Length - MostNamed)} more" : "");
        return new FindingRow(Level(group[0].Severity), $"{NumberText.Count(columns.Length)} columns {Said(code)}: {named}.", Action(action, group[0], accepted))
        {
            Code = code,
            Count = columns.Length,
        };
    }

    private static string Action(string action, Finding finding, ImmutableArray<string> accepted) =>
        finding.Severity == FindingSeverity.Stop && finding.IsAcceptedBy(accepted)
            ? $"{action} Accepted by whoever made the run.".TrimStart()
            : action;

    /// <summary>What a kind of finding says of several columns at once.</summary>
    private static string Said(string code) => code switch
    {
        FindingCodes.WhiteSpace => "have white space around values",
        FindingCodes.StrayCharacters => "hold control characters or traces of a wrong conversion",
        FindingCodes.MissingMarker => "hold marks that were taken as missing",
        FindingCodes.PossibleMissingMarker => "hold texts that can mean missing but were kept",
        FindingCodes.NumberFormat => "hold numbers written in an unusual way",
        FindingCodes.Unit => "have a unit written into the cells",
        FindingCodes.MixedUnits => "mix several units",
        FindingCodes.BeyondLimit => "hold values beyond a measuring limit",
        FindingCodes.NotANumber => "hold a few cells that are no numbers",
        FindingCodes.ColumnLeftOut => "cannot be inputs",
        FindingCodes.ColumnDropped => "were named with --drop",
        FindingCodes.LooksCoded => "hold few different whole numbers, which may be codes",
        FindingCodes.ManyLevels => "have very many levels for the number of rows",
        FindingCodes.RareClass => "have a class with few rows",
        FindingCodes.ImpossibleZeros => "hold zeros that no patient can have",
        FindingCodes.ImpossibleValues => "hold values that no patient can have",
        FindingCodes.UnitSuspicion => "may mix two units",
        FindingCodes.RareCategories => "have levels with very few rows",
        FindingCodes.OneSidedLevels => "have levels on which the outcome never differs",
        FindingCodes.MixedDates => "hold dates in several forms",
        FindingCodes.FutureDates => "hold dates in the future",
        FindingCodes.DatesAfterOutcome => "hold dates after that of the outcome",
        FindingCodes.SiteColumn => "may say where a row comes from",
        FindingCodes.TimeColumn => "may hold a point in time",
        FindingCodes.LeakStrongColumn => "alone tell the target very well",
        FindingCodes.LeakAfterTheFact => "speak of what is known only afterwards",
        FindingCodes.LeakSameOutcome => "measure the outcome itself another way",
        FindingCodes.LeakTargetCopy => "tell the target almost without error",
        _ => $"share the finding '{code}'",
    };

    private static FindingLevel Level(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Stop => FindingLevel.Stop,
        FindingSeverity.Warning => FindingLevel.Warning,
        _ => FindingLevel.Note,
    };
}
