using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data;

/// <summary>Looks for columns that give the target away. Strength alone only warns; a stop needs a second sign.</summary>
internal sealed class LeakChecks
{
    private const double StrongColumn = 0.9;
    private const double WithMeaning = 0.55;
    private const double WithVerdict = 0.75;
    private const double WithRowOrder = 0.7;
    private const double RowOrderSpeaks = 0.6;
    private const double Certain = 4; // standard errors
    private const int VerdictLevels = 6;

    private readonly int[] _target;
    private readonly int[] _classCounts;
    private readonly NameTokens _targetName;
    private readonly List<LeakSuspect> _suspects = [];

    public LeakChecks(string targetColumn, int[] target, int classes)
    {
        _targetName = new NameTokens(targetColumn);
        _target = target;
        _classCounts = new int[classes];
        foreach (int category in target)
        {
            _classCounts[category]++;
        }
    }

    /// <summary>What was found, in the order of looking.</summary>
    public ImmutableArray<LeakSuspect> Suspects => [.. _suspects];

    /// <summary>Looks at one column.</summary>
    public void Look(FeatureColumn feature, ColumnTally tally)
    {
        if (_suspects.Exists(suspect => suspect.Column == feature.Name))
        {
            return; // one answer is enough
        }

        bool isDropped = feature.Profile.Role == ColumnRole.Dropped;
        var name = new NameTokens(feature.Name);
        (double auroc, double deviation) = Strength(tally);
        if (TargetCopy.Is(tally, _classCounts))
        {
            Add(FindingCodes.LeakTargetCopy, feature.Name, isDropped, auroc,
                $"'{feature.Name}' alone tells the target almost without error, so it is most likely the target written differently, and a model would learn nothing else.");
            return;
        }

        string? meaning = Meaning(feature, name, tally);
        if (deviation < Certain)
        {
            Warn(feature.Name, meaning, isDropped, auroc);
            return;
        }

        if (auroc >= WithMeaning && meaning is not null)
        {
            Add(FindingCodes.LeakAfterTheFact, feature.Name, isDropped, auroc,
                $"'{feature.Name}' speaks of {meaning}, and alone tells the target with an AUROC of {Text(auroc)}, so a model would use what nobody knows when it is asked.");
        }
        else if (meaning is not null)
        {
            Warn(feature.Name, meaning, isDropped, auroc);
        }
        else if (SameOutcome(feature, name, auroc) is { } same)
        {
            Add(FindingCodes.LeakSameOutcome, feature.Name, isDropped, auroc,
                $"'{feature.Name}' {same}, and alone tells the target with an AUROC of {Text(auroc)}, so a model would repeat that verdict instead of making its own.");
        }
        else if (auroc >= StrongColumn && !isDropped)
        {
            _suspects.Add(new LeakSuspect(FindingCodes.LeakStrongColumn, feature.Name, FindingSeverity.Warning, false, auroc,
                $"'{feature.Name}' alone tells the target with an AUROC of {Text(auroc)}, which a good measurement can reach and a leak too.",
                $"Kept; if it is not known at the moment of prediction, leave it out with --drop '{feature.Name}'."));
        }
    }

    /// <summary>Looks at what the order of the rows says, and at the columns that only count them.</summary>
    /// <param name="counters">Columns whose numbers rise or fall with the rows.</param>
    public void LookAtOrder(IReadOnlyList<ColumnProfile> counters)
    {
        (double auroc, double deviation) = RowOrder.Strength(_target, _classCounts);
        if (deviation < Certain || auroc < RowOrderSpeaks)
        {
            return;
        }

        foreach (ColumnProfile counter in counters.Where(_ => auroc >= WithRowOrder))
        {
            string use = counter.Role == ColumnRole.LeftOut ? "; it is no input, but the file's order says that the rows come from groups told apart by the outcome" : "";
            Add(FindingCodes.LeakRowNumber, counter.Name, counter.Role == ColumnRole.Dropped, auroc,
                $"'{counter.Name}' rises or falls with the rows, and the rows are sorted by the target (AUROC of the row number {Text(auroc)}), so the place in the file would stand for the outcome{use}.",
                "the order of the file is as it should be");
        }

        if (!_suspects.Exists(suspect => suspect.Code == FindingCodes.LeakRowNumber && !suspect.IsDropped))
        {
            _suspects.Add(new LeakSuspect(FindingCodes.RowOrder, null, FindingSeverity.Warning, false, auroc,
                $"The order of the rows tells the target (AUROC of the row number {Text(auroc)}), though no input carries it.",
                "Splits are drawn at random, so no figure rests on it; ask whether the groups of rows were collected in the same way."));
        }
    }

    /// <summary>Adds what was found about patients.</summary>
    public void AddPatients((ColumnProfile Column, string? Pattern, int Rows, int Patients) found)
    {
        string name = found.Column.Name;
        string option = found.Pattern is null ? $"--patient '{name}'" : $"--patient '{name}:{found.Pattern}'";
        string pattern = found.Pattern is null ? "" : " share the beginning of their names and";
        _suspects.Add(new LeakSuspect(FindingCodes.LeakPatients, name, FindingSeverity.Stop, found.Column.Role == ColumnRole.Dropped, double.NaN,
            string.Create(CultureInfo.InvariantCulture, $"The {found.Rows} rows of '{name}'{pattern} seem to be only {found.Patients} patients, so random splits would put the same patient on both sides and flatter every figure."),
            $"Answer with {option} to keep every patient on one side, or with --accept {FindingCodes.LeakPatients} if each row is another patient."));
    }

    // What comes afterwards but tells little is worth a word, not a stop.
    private void Warn(string column, string? meaning, bool isDropped, double auroc)
    {
        if (meaning is not null && !isDropped)
        {
            _suspects.Add(new LeakSuspect(FindingCodes.LeakAfterTheFact, column, FindingSeverity.Warning, false, auroc,
                $"'{column}' speaks of {meaning}, though it tells little of the target (AUROC {Text(auroc)}).",
                $"Kept; if it is not known at the moment of prediction, leave it out with --drop '{column}'."));
        }
    }

    private static string Text(double auroc) => auroc.ToString("0.000", CultureInfo.InvariantCulture);

    private void Add(string code, string column, bool isDropped, double auroc, string seen, string ifSo = "it is known before the prediction is made") =>
        _suspects.Add(new LeakSuspect(code, column, FindingSeverity.Stop, isDropped, auroc, seen,
            $"Answer with --drop '{column}' to leave it out, or with --accept '{code}:{column}' if {ifSo}."));

    private (double Auroc, double Deviation) Strength(ColumnTally tally)
    {
        double best = 0.5;
        double deviation = 0;
        double untied = SingleColumnAuroc.Untied(tally);
        for (int category = _classCounts.Length == 2 ? 1 : 0; category < _classCounts.Length; category++)
        {
            double auroc = SingleColumnAuroc.Of(tally, category);
            double z = SingleColumnAuroc.Deviation(auroc, _classCounts[category], _target.Length - _classCounts[category], untied);
            if (auroc > best && z >= Certain)
            {
                (best, deviation) = (auroc, z);
            }
        }

        return (best, deviation);
    }

    private string? Meaning(FeatureColumn feature, NameTokens name, ColumnTally tally)
    {
        if (LeakWords.AfterTheFact(name, _targetName) is { } meaning)
        {
            return meaning;
        }

        if (feature is not CategoryColumn category || category.Levels.Length > 30)
        {
            return null;
        }

        for (int level = 0; level < category.Levels.Length; level++)
        {
            if (tally.Count(level) >= 5 && LeakWords.SpeaksOfAfterwards(category.Levels[level]))
            {
                return "what happened afterwards in one of its levels";
            }
        }

        return null;
    }

    private string? SameOutcome(FeatureColumn feature, NameTokens name, double auroc)
    {
        if (auroc >= WithMeaning && feature.Profile.Distinct <= VerdictLevels && LeakWords.AreTests(name, _targetName))
        {
            return "is another test's answer to the question that the target answers";
        }

        if (auroc >= WithVerdict && LeakWords.IsVerdict(name))
        {
            return "is a reader's verdict on the question that the target answers";
        }

        return auroc >= StrongColumn && LeakWords.NamesTarget(name, _targetName) ? "bears the target's name" : null;
    }
}
