using System.Text;

namespace MedTune.Data;

/// <summary>Tells whether a cell is a calendar date, perhaps with a time of day.</summary>
internal static class DateText
{
    private const int LongestDate = 40;

    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Whether the cell is a date such as 2024-03-05, 05/03/2024, 5.3.2024, 5-Mar-2024, 2024年3月5日, with or without a time.</summary>
    /// <param name="utf8">The cell in UTF-8, without white space around it.</param>
    public static bool IsDate(ReadOnlySpan<byte> utf8) => TryRead(utf8, out _);

    /// <summary>Reads such a date.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out DateReading reading)
    {
        reading = default;
        // Cheap to rule out: most cells have no digit first, or no mark inside.
        if (utf8.Length is < 6 or > LongestDate || utf8[0] is < (byte)'0' or > (byte)'9')
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(utf8);
        int end = EndOfDate(text);
        return end > 0 && TryReadDay(text[..end], out reading) && IsTime(text[end..]);
    }

    /// <summary>Whether the cell is a date written as eight digits, such as 20240305.</summary>
    public static bool IsCompactDate(ReadOnlySpan<byte> utf8) => TryReadCompact(utf8, out _);

    /// <summary>Reads such a date.</summary>
    public static bool TryReadCompact(ReadOnlySpan<byte> utf8, out DateReading reading)
    {
        reading = default;
        if (utf8.Length != 8 || utf8.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(utf8);
        reading = new DateReading(Number(text[..4]), Number(text[4..6]), Number(text[6..]), DateForm.YearFirst);
        return IsCalendarDay(reading.Year, reading.First, reading.Second);
    }

    private static int EndOfDate(string text)
    {
        int day = text.IndexOf('日', StringComparison.Ordinal);
        if (day >= 0)
        {
            return day + 1;
        }

        int blank = text.IndexOfAny([' ', 'T']);
        return blank < 0 ? text.Length : blank;
    }

    private static bool TryReadDay(string text, out DateReading reading)
    {
        reading = default;
        string[] parts = text.TrimEnd('日').Split('-', '/', '.', '年', '月');
        if (parts.Length != 3)
        {
            return false;
        }

        int month = Array.IndexOf(Months, parts[1].Length >= 3 ? parts[1][..3].ToLowerInvariant() : "") + 1;
        int first = Number(parts[0]);
        bool isNamed = month > 0 && parts[1].All(char.IsAsciiLetter);
        int second = isNamed ? month : Number(parts[1]);
        int third = Number(parts[2]);
        if (first < 0 || second < 0 || third < 0)
        {
            return false;
        }

        if (parts[0].Length == 4)
        {
            reading = new DateReading(first, second, third, isNamed ? DateForm.Named : DateForm.YearFirst);
            return IsCalendarDay(first, second, third);
        }

        // Day and month in either order, then the year with four or two digits.
        bool hasFour = parts[2].Length == 4;
        bool hasTwo = parts[2].Length == 2 && parts[0].Length <= 2 && text.Contains('/') | text.Contains('-');
        int year = hasFour ? third : 2000 + third;
        bool canBeDayFirst = IsCalendarDay(year, second, first);
        bool canBeMonthFirst = !isNamed && IsCalendarDay(year, first, second);
        reading = isNamed ? new DateReading(year, month, first, DateForm.Named)
            : new DateReading(year, first, second, canBeDayFirst && canBeMonthFirst ? DateForm.Either : canBeDayFirst ? DateForm.DayFirst : DateForm.MonthFirst);
        return (hasFour || hasTwo) && (canBeDayFirst || canBeMonthFirst);
    }

    private static bool IsCalendarDay(int year, int month, int day) =>
        year is >= 1800 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool IsTime(string text)
    {
        text = text.TrimStart(' ', 'T');
        if (text.Length == 0)
        {
            return true;
        }

        return char.IsAsciiDigit(text[0]) && text.Contains(':')
            && text.All(c => char.IsAsciiDigit(c) || c is ':' or '.' or ' ' or '+' or '-' or 'Z' or 'A' or 'P' or 'M' or 'a' or 'p' or 'm');
    }

    private static int Number(string digits)
    {
        if (digits.Length is 0 or > 4)
        {
            return -1;
        }

        int value = 0;
        foreach (char c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            value = (10 * value) + (c - '0');
        }

        return value;
    }
}
