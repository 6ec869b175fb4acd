using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Looks for values of one column that cannot be, or that say what the column is.</summary>
internal static class ValueChecks
{
    private const double NoPartOfTheRest = 0.3;
    private const double FewRows = 0.05;
    private const int RareRows = 5;

    private static readonly string[] Sites =
        ["site", "hospital", "center", "centre", "clinic", "institution", "institute", "scanner", "device", "facility"];

    /// <summary>The findings of a feature.</summary>
    public static IEnumerable<Finding> Of(FeatureColumn feature, ColumnTally tally)
    {
        if (feature is NumberColumn { IsCategory: false } number)
        {
            ClinicalRange? range = ClinicalRange.For(feature.Name);
            foreach (Finding? finding in new[] { Zeros(number.Profile, tally, range), Impossible(number.Profile, tally, range), UnitSuspicion.In(number.Profile, tally), Time(number.Profile, tally) })
            {
                if (finding is not null)
                {
                    yield return finding;
                }
            }
        }
        else
        {
            if (Rare(feature.Profile, tally) is { } rare)
            {
                yield return rare;
            }

            if (OneSidedLevels.In(feature.Profile, tally) is { } oneSided)
            {
                yield return oneSided;
            }

            var name = new NameTokens(feature.Name);
            if (name.HasAny(Sites) || name.Holds("医院", "院区", "中心", "设备"))
            {
                yield return new Finding(FindingCodes.SiteColumn, FindingSeverity.Note, feature.Name, feature.Profile.Distinct,
                    $"'{feature.Name}' seems to say where a row comes from.",
                    $"Kept as an input; --site '{feature.Name}' takes it out and tests the model across sites.");
            }
        }
    }

    /// <summary>The findings of columns that are no features: a measurement that is zero in every row.</summary>
    public static IEnumerable<Finding> OfLeftOut(ImmutableArray<ColumnProfile> profiles) => profiles
        .Where(profile => profile is { Role: ColumnRole.LeftOut, Kind: ColumnKind.Constant, Known: > 0, Minimum: 0 } && ClinicalRange.For(profile.Name) is { NoZero: true })
        .Select(profile => new Finding(FindingCodes.ImpossibleZeros, FindingSeverity.Warning, profile.Name, profile.Known,
            $"'{profile.Name}' is 0 in all {profile.Known} known rows, which {ClinicalRange.For(profile.Name)!.What} cannot be.",
            "It says nothing here; the zeros most likely mean that it was not measured."));

    private static Finding? Zeros(ColumnProfile profile, ColumnTally tally, ClinicalRange? range)
    {
        double[] values = tally.Numbers!;
        if (values.Length < 4 || values[0] != 0)
        {
            return null;
        }

        int zeros = tally.Count(0);
        double middle = Quantile(tally, zeros + ((profile.Known - zeros) / 2));
        bool hasGap = values[1] >= NoPartOfTheRest * middle;
        if (range is { NoZero: true } && (hasGap || values[1] >= 0.1 * middle))
        {
            return new Finding(FindingCodes.ImpossibleZeros, FindingSeverity.Warning, profile.Name, zeros,
                $"{zeros} {Rows(zeros)} of '{profile.Name}' {(zeros == 1 ? "is" : "are")} 0, which {range.What} cannot be, and no other value is near 0.",
                "Kept as 0; most likely it means that it was not measured: leave these cells empty.");
        }

        // Without a name that says what it is, only zeros that stand far from a narrow rest are worth a word.
        bool isNarrow = values.Length >= 20 && values[1] >= 0.5 * middle && values[^1] <= 3 * middle;
        return range is null && isNarrow && zeros >= 2
            ? new Finding(FindingCodes.ImpossibleZeros, FindingSeverity.Note, profile.Name, zeros,
                $"{zeros} {Rows(zeros)} of '{profile.Name}' {(zeros == 1 ? "is" : "are")} 0, far from all other values.",
                "Kept as 0; if it means that it was not measured, leave these cells empty.")
            : null;
    }

    private static Finding? Impossible(ColumnProfile profile, ColumnTally tally, ClinicalRange? range)
    {
        if (range is null)
        {
            return null;
        }

        int outside = 0;
        for (int level = 0; level < tally.Levels; level++)
        {
            double value = tally.Numbers![level];
            outside += value < range.Low || value > range.High ? tally.Count(level) : 0;
        }

        // Many values outside mean that the name was misread, not that the values are wrong.
        return outside == 0 || outside > FewRows * profile.Known
            ? null
            : new Finding(FindingCodes.ImpossibleValues, FindingSeverity.Warning, profile.Name, outside,
                $"{outside} {Rows(outside)} of '{profile.Name}' {(outside == 1 ? "holds" : "hold")} what {range.What} cannot be ({Limits(range)}).",
                "Kept as they are; correct these cells, or leave them empty.");
    }

    private static string Limits(ClinicalRange range) => double.IsInfinity(range.High)
        ? FormattableString.Invariant($"below {range.Low}")
        : double.IsInfinity(range.Low) ? FormattableString.Invariant($"above {range.High}") : FormattableString.Invariant($"outside {range.Low} to {range.High}");

    private static Finding? Time(ColumnProfile profile, ColumnTally tally)
    {
        double[] values = tally.Numbers!;
        bool isYear = values.Length >= 2 && values[0] >= 1900 && values[^1] <= 2100 && values.All(value => value == Math.Floor(value))
            && (new NameTokens(profile.Name) is var name && (name.HasAny("year", "yr", "yyyy", "date") || name.Holds("年", "日期")));
        return isYear
            ? new Finding(FindingCodes.TimeColumn, FindingSeverity.Note, profile.Name, profile.Known,
                $"'{profile.Name}' seems to hold calendar years, which a model cannot carry into the future.",
                $"Kept as an input; leave it out with --drop '{profile.Name}' unless the year itself matters.")
            : null;
    }

    private static Finding? Rare(ColumnProfile profile, ColumnTally tally)
    {
        int levels = 0;
        int rows = 0;
        for (int level = 0; level < tally.Levels; level++)
        {
            int count = tally.Count(level);
            levels += count < RareRows ? 1 : 0;
            rows += count < RareRows ? count : 0;
        }

        return levels == 0 || tally.Levels <= 2
            ? null
            : new Finding(FindingCodes.RareCategories, FindingSeverity.Note, profile.Name, levels,
                $"{levels} of the {tally.Levels} levels of '{profile.Name}' {(levels == 1 ? "has" : "have")} fewer than {RareRows} rows each ({rows} in all).",
                "Kept; what a model says of such rows rests on very few patients.");
    }

    private static double Quantile(ColumnTally tally, int rank)
    {
        int passed = 0;
        for (int level = 0; level < tally.Levels; level++)
        {
            passed += tally.Count(level);
            if (passed > rank)
            {
                return tally.Numbers![level];
            }
        }

        return tally.Numbers![^1];
    }

    private static string Rows(int count) => count == 1 ? "cell" : "cells";
}
