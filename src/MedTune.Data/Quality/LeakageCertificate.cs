using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>What was looked for to see whether the data give the target away, what was found, and how each finding was answered.</summary>
/// <remarks>It speaks of the data alone: a leak that neither a name nor a pattern shows stays unseen, and the certificate says so.</remarks>
public sealed record LeakageCertificate
{
    /// <summary>What a certificate cannot say, in one sentence.</summary>
    public const string Limit =
        "The checks see names, values and patterns only: whether a value was known when the prediction would be made is for a person who knows the data to say.";

    private static readonly (string Code, string Checked)[] All =
    [
        (FindingCodes.LeakAfterTheFact, "Columns whose name or values speak of what is known only afterwards: follow-up, death, discharge, length of stay, charges."),
        (FindingCodes.LeakSameOutcome, "Columns that measure the outcome itself another way: other tests' results, a reader's verdict, the target under another name."),
        (FindingCodes.LeakTargetCopy, "Columns that are the target written differently, or tell it almost without error."),
        (FindingCodes.LeakRowNumber, "Columns that only number the rows, in files sorted by the target."),
        (FindingCodes.LeakPatients, "Patients with several rows that no --patient keeps on one side of every split."),
        (FindingCodes.LeakStrongColumn, "Columns that alone tell the classes apart better than clinical measurements usually do."),
        (FindingCodes.RowOrder, "An order of the rows that says something about the target."),
    ];

    /// <summary>The checks, always the same ones in the same order.</summary>
    public required ImmutableArray<LeakageCheck> Checks { get; init; }

    /// <summary>How many columns were looked at.</summary>
    public required int Columns { get; init; }

    /// <summary>How many rows were looked at.</summary>
    public required int Rows { get; init; }

    /// <summary>The columns that were left out by <c>--drop</c>.</summary>
    public required ImmutableArray<string> Dropped { get; init; }

    /// <summary>The answers given with <c>--accept</c>, as they were written.</summary>
    public required ImmutableArray<string> Accepted { get; init; }

    /// <summary>Whether something still must be answered before training.</summary>
    public bool IsOpen => Checks.Any(check => check.Entries.Any(entry => entry.Answer == LeakageAnswer.Open));

    /// <summary>The outcome of all checks in one sentence.</summary>
    public string Statement
    {
        get
        {
            LeakageEntry[] entries = [.. Checks.SelectMany(check => check.Entries)];
            if (entries.Length == 0)
            {
                return $"No sign of a leak was found in {Columns} columns and {Rows} rows.";
            }

            string[] parts =
            [
                .. new[] { (LeakageAnswer.Open, "to be answered"), (LeakageAnswer.Dropped, "left out"), (LeakageAnswer.Accepted, "accepted"), (LeakageAnswer.Warned, "a warning only") }
                    .Select(answer => (Count: entries.Count(entry => entry.Answer == answer.Item1), answer.Item2))
                    .Where(part => part.Count > 0)
                    .Select(part => $"{part.Count} {part.Item2}"),
            ];
            return $"{(entries.Length == 1 ? "1 sign of a leak was" : $"{entries.Length} signs of leaks were")} found in {Columns} columns and {Rows} rows: {string.Join(", ", parts)}.";
        }
    }

    /// <summary>The certificate of a dataset.</summary>
    /// <param name="data">What is in the dataset.</param>
    /// <param name="accepted">What the user accepts: <c>CODE</c>, <c>CODE:COLUMN</c> or <c>all</c>.</param>
    public static LeakageCertificate Of(DatasetSummary data, ImmutableArray<string> accepted)
    {
        ArgumentNullException.ThrowIfNull(data);
        accepted = accepted.IsDefault ? [] : accepted;
        return new LeakageCertificate
        {
            Checks = [.. All.Select(check => CheckOf(check.Code, check.Checked, data, accepted))],
            Columns = data.FileColumns,
            Rows = data.Rows,
            Dropped = [.. data.Columns.Where(column => column.Role == ColumnRole.Dropped).Select(column => column.Name)],
            Accepted = accepted,
        };
    }

    private static LeakageCheck CheckOf(string code, string what, DatasetSummary data, ImmutableArray<string> accepted)
    {
        ImmutableArray<LeakageEntry> entries =
        [
            .. data.Leaks.Where(suspect => suspect.Code == code)
                .Select(suspect => new LeakageEntry(suspect.Column, suspect.Seen, suspect.Auroc, AnswerTo(suspect, accepted))),
        ];
        return new LeakageCheck(code, what, Result(code, entries, data), entries);
    }

    private static LeakageAnswer AnswerTo(LeakSuspect suspect, ImmutableArray<string> accepted) =>
        suspect.IsDropped ? LeakageAnswer.Dropped
        : suspect.Severity != FindingSeverity.Stop ? LeakageAnswer.Warned
        : Finding.IsAccepted(suspect.Code, suspect.Column, accepted) ? LeakageAnswer.Accepted
        : LeakageAnswer.Open;

    private static string Result(string code, ImmutableArray<LeakageEntry> entries, DatasetSummary data)
    {
        if (code == FindingCodes.LeakPatients && data.Patients is { } patients)
        {
            return $"Every row's patient is given ({patients} patients), and no patient stands on two sides of a split.";
        }

        if (entries.IsEmpty)
        {
            return "Nothing was found.";
        }

        string named = string.Join("; ", entries.Where(entry => entry.Column is not null).GroupBy(entry => entry.Answer)
            .OrderByDescending(group => group.Key)
            .Select(group => $"{Word(group.Key)}: {string.Join(", ", group.Select(entry => $"'{entry.Column}'"))}"));
        return named.Length == 0 ? "Found; it only warns." : $"{char.ToUpperInvariant(named[0])}{named[1..]}.";
    }

    private static string Word(LeakageAnswer answer) => answer switch
    {
        LeakageAnswer.Dropped => "left out with --drop",
        LeakageAnswer.Accepted => "taken as it is with --accept",
        LeakageAnswer.Open => "not answered yet",
        _ => "only a warning",
    };
}
