namespace MedTune.Data;

/// <summary>Looks at the columns of dates, which are no inputs but tell how the table was made.</summary>
internal sealed class DateChecks(Table table, int[] rows, string targetColumn, DateOnly? today)
{
    private const double Half = 0.5;

    private readonly NameTokens _target = new(targetColumn);

    /// <summary>The findings of all columns.</summary>
    public IEnumerable<Finding> Of(IEnumerable<ColumnProfile> profiles)
    {
        var dates = new List<(ColumnProfile Profile, DateOnly?[] Days)>();
        foreach (ColumnProfile profile in profiles.Where(profile => profile is { Role: ColumnRole.LeftOut or ColumnRole.Feature, Known: > 0 } && !(profile.IsNumericText && profile.Kind != ColumnKind.Date)))
        {
            DateReading?[] readings = Read(table[profile.Name]);
            int found = readings.Count(reading => reading is not null);
            if (found == 0 || found < Half * profile.Known)
            {
                continue;
            }

            if (Mixed(profile, readings, found) is { } mixed)
            {
                yield return mixed;
            }

            bool isDayFirst = readings.Count(reading => reading is { Form: DateForm.DayFirst }) >= readings.Count(reading => reading is { Form: DateForm.MonthFirst });
            DateOnly?[] days = Array.ConvertAll(readings, reading => reading?.Day(isDayFirst));
            if (Future(profile, days) is { } future)
            {
                yield return future;
            }

            dates.Add((profile, days));
        }

        foreach (Finding late in AfterOutcome(dates))
        {
            yield return late;
        }
    }

    /// <summary>The date in each row, null where there is none; empty where no row has one.</summary>
    private DateReading?[] Read(TableColumn column)
    {
        var byCode = new DateReading?[column.Distinct];
        for (int code = 0; code < byCode.Length; code++)
        {
            ReadOnlySpan<byte> text = column.Utf8Of(code);
            byCode[code] = DateText.TryRead(text, out DateReading reading) || DateText.TryReadCompact(text, out reading) ? reading : null;
        }

        if (Array.TrueForAll(byCode, reading => reading is null))
        {
            return [];
        }

        var readings = new DateReading?[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            readings[i] = byCode[column.Codes[rows[i]]];
        }

        return readings;
    }

    private static Finding? Mixed(ColumnProfile profile, DateReading?[] readings, int found)
    {
        int Count(DateForm form) => readings.Count(reading => reading?.Form == form);
        int dayFirst = Count(DateForm.DayFirst);
        int monthFirst = Count(DateForm.MonthFirst);
        if (dayFirst > 0 && monthFirst > 0)
        {
            return new Finding(FindingCodes.MixedDates, FindingSeverity.Warning, profile.Name, Math.Min(dayFirst, monthFirst),
                $"'{profile.Name}' holds {dayFirst} dates with the day first, {monthFirst} with the month first, and {Count(DateForm.Either)} that can be either.",
                "No input; before a length of time is made of them, write all dates as year-month-day.");
        }

        int forms = (Count(DateForm.YearFirst) > 0 ? 1 : 0) + (Count(DateForm.Named) > 0 ? 1 : 0) + (dayFirst + monthFirst + Count(DateForm.Either) > 0 ? 1 : 0);
        if (forms > 1)
        {
            return new Finding(FindingCodes.MixedDates, FindingSeverity.Warning, profile.Name, found,
                $"'{profile.Name}' holds dates in {forms} forms.", "No input; before a length of time is made of them, write all dates as year-month-day.");
        }

        return profile.Kind == ColumnKind.Date
            ? null
            : new Finding(FindingCodes.MixedDates, FindingSeverity.Warning, profile.Name, profile.Known - found,
                $"'{profile.Name}' holds {found} dates and {profile.Known - found} texts that are none.", "Taken as text; write all as year-month-day, or leave the column out.");
    }

    private Finding? Future(ColumnProfile profile, DateOnly?[] days)
    {
        int future = today is null ? 0 : days.Count(day => day > today);
        return future == 0
            ? null
            : new Finding(FindingCodes.FutureDates, FindingSeverity.Warning, profile.Name, future,
                $"{future} {(future == 1 ? "date" : "dates")} of '{profile.Name}' {(future == 1 ? "lies" : "lie")} in the future.", "No input; correct them: the rows may be damaged in other columns too.");
    }

    private IEnumerable<Finding> AfterOutcome(List<(ColumnProfile Profile, DateOnly?[] Days)> dates)
    {
        var isOutcome = dates.ToLookup(date => LeakWords.AfterTheFact(new NameTokens(date.Profile.Name), _target) is not null);
        foreach ((ColumnProfile outcome, DateOnly?[] ends) in isOutcome[true])
        {
            foreach ((ColumnProfile other, DateOnly?[] days) in isOutcome[false])
            {
                int both = days.Zip(ends, (day, end) => day is not null && end is not null).Count(has => has);
                int late = days.Zip(ends, (day, end) => day > end).Count(isLate => isLate);
                if (late > 0)
                {
                    yield return new Finding(FindingCodes.DatesAfterOutcome, FindingSeverity.Warning, other.Name, late,
                        $"'{other.Name}' lies after '{outcome.Name}' in {late} of {both} rows that have both dates.",
                        "No input; what was measured then is known only afterwards: take values from before the outcome, or correct the dates.");
                }
            }
        }
    }
}
