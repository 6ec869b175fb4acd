using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;

namespace MedTune.Modalities.Treatment;

/// <summary>Looks, before any effect, for columns that would spoil it: copies of the treatment, columns that decide it, and columns measured after it.</summary>
internal sealed class TreatmentChecks(TreatmentData data, TreatmentColumns said)
{
    // So nearly constant within every arm, and not the same in all: the arm in other words.
    private const double CopyShare = 0.995;

    // So well a single column ranks an arm against the others.
    private const double DecidingAuroc = 0.98;

    // In a trial chance alone passes this once in ten thousand columns.
    private const double RandomisedDeviation = 4;

    // So many columns before the treatment's make their order in the file tell something.
    private const int ColumnsBefore = 5;

    /// <summary>What was found, in the order of the columns.</summary>
    public ImmutableArray<Finding> Look()
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var column in data.Dataset.Features)
        {
            double[] values = Values(column);
            if (IsCopy(values))
            {
                findings.Add(Ask(TreatmentFindings.Copy, column.Name, $"Column '{column.Name}' is the same within every arm: it is the treatment in other words, and a model with it compares nobody."));
            }
            else if (Deciding(values) is var auroc && auroc >= DecidingAuroc)
            {
                findings.Add(Ask(
                    TreatmentFindings.Decided,
                    column.Name,
                    string.Create(CultureInfo.InvariantCulture, $"Column '{column.Name}' all but decides the treatment (area under the curve {auroc:0.000}): hardly any two patients alike received different arms.")));
            }
            else if (AfterTreatment(column.Name, values) is { } why)
            {
                findings.Add(Ask(TreatmentFindings.After, column.Name, $"Column '{column.Name}' may have been measured after treatment began: {why}. What the treatment changed hides its effect."));
            }
        }

        return findings.ToImmutable();
    }

    /// <summary>What is found once propensities are known: patients without overlap.</summary>
    /// <param name="isOutside">For each row of the dataset.</param>
    /// <exception cref="DataException">No patient is inside overlap.</exception>
    public ImmutableArray<Finding> LookAt(bool[] isOutside)
    {
        int outside = data.Rows.Count(row => isOutside[row]);
        if (outside == 0)
        {
            return [];
        }

        if (outside > 0.95 * data.Rows.Length)
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"The arms never overlap: {outside} of {data.Rows.Length} patients are such that one arm was hardly ever given, so nobody alike can be compared; leave out a column that decides '{said.Treatment}', or compare arms that were given to the same kind of patient."));
        }

        return
        [
            new Finding(
                TreatmentFindings.Outside,
                FindingSeverity.Warning,
                null,
                outside,
                string.Create(CultureInfo.InvariantCulture, $"{outside} of {data.Rows.Length} patients are such that one arm was hardly ever given."),
                "No effect is predicted for them, and they count in no figure."),
        ];
    }

    private Finding Ask(string code, string column, string message)
    {
        var finding = new Finding(code, FindingSeverity.Stop, column, 1, message, $"Leave it out with --drop '{column}', or, if it was known before treatment, say so with --accept {code}:{column}.");
        return finding.IsAcceptedBy(said.Accepted) ? finding with { Severity = FindingSeverity.Note, Action = "Used, because it was said to be known before treatment." } : finding;
    }

    private string? AfterTreatment(string name, double[] values)
    {
        if (AfterWords.Find(name, said.Outcome, said.Treatment) is { } words)
        {
            return words;
        }

        if (data.Design is not null && Largest(values, Deviation) >= RandomisedDeviation)
        {
            return "in a randomised trial it differs between the arms by more than chance allows";
        }

        var places = data.Dataset.Profiles.ToDictionary(profile => profile.Name, profile => profile.Index, StringComparer.Ordinal);
        int treatment = places[said.Treatment];
        bool isBehind = places[name] > treatment && data.Dataset.Features.Count(feature => places[feature.Name] < treatment) >= ColumnsBefore;
        return isBehind ? "it stands behind the treatment in the file" : null;
    }

    /// <summary>Numbers as they are, levels by their number; missing as a level of its own below all.</summary>
    private double[] Values(FeatureColumn column) => column switch
    {
        NumberColumn number => Array.ConvertAll(data.Rows, row => double.IsNaN(number.Values[row]) ? double.MinValue : number.Values[row]),
        CategoryColumn category => Array.ConvertAll(data.Rows, row => (double)category.Codes[row]),
        _ => [],
    };

    private bool IsCopy(double[] values)
    {
        var common = new HashSet<double>();
        for (int arm = 0; arm < data.ArmNames.Length; arm++)
        {
            int own = arm;
            double[] within = [.. values.Where((_, i) => data.Arms[data.Rows[i]] == own)];
            var most = within.CountBy(value => value).MaxBy(pair => pair.Value);
            common.Add(most.Key);
            if (most.Value < CopyShare * within.Length)
            {
                return false;
            }
        }

        return common.Count > 1;
    }

    private double Deciding(double[] values) => Largest(values, (sorted, arm) => Auroc(sorted, arm).Folded);

    private double Deviation((double Value, int Arm)[] sorted, int arm)
    {
        var (folded, treated, others) = Auroc(sorted, arm);
        return (folded - 0.5) / Math.Sqrt((treated + others + 1.0) / (12.0 * treated * others));
    }

    private double Largest(double[] values, Func<(double Value, int Arm)[], int, double> measure)
    {
        (double Value, int Arm)[] sorted = [.. values.Select((value, i) => (value, data.Arms[data.Rows[i]])).OrderBy(pair => pair.value)];
        return Enumerable.Range(0, data.ArmNames.Length).Max(arm => measure(sorted, arm));
    }

    /// <summary>How well a column ranks one arm against the others, ties counting half; folded to 0.5 and above.</summary>
    private static (double Folded, int Treated, int Others) Auroc((double Value, int Arm)[] sorted, int arm)
    {
        int treated = sorted.Count(pair => pair.Arm == arm);
        int others = sorted.Length - treated;
        double below = 0, wins = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            int own = 0;
            while (end < sorted.Length && sorted[end].Value == sorted[start].Value)
            {
                own += sorted[end++].Arm == arm ? 1 : 0;
            }

            wins += own * (below + (0.5 * (end - start - own)));
            below += end - start - own;
            start = end;
        }

        double area = wins / ((double)treated * others);
        return (Math.Max(area, 1 - area), treated, others);
    }
}
