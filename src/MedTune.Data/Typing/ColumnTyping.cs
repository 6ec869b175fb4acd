using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Decides what a column holds, and says why.</summary>
internal static class ColumnTyping
{
    /// <summary>A numeric column may hold this share of cells that are no numbers; they become missing.</summary>
    private const double ToleratedTexts = 0.05;

    private const int ShownLevels = 20;

    /// <summary>Decides on the kept rows.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows that are kept.</param>
    /// <param name="missing">What counts as missing.</param>
    /// <param name="decimalMark">Point or comma.</param>
    /// <param name="stated">The kind that the user or a model's schema states, or null.</param>
    public static TypedColumn Decide(TableColumn column, ReadOnlySpan<int> rows, MissingMarkers missing, char decimalMark, FeatureSchema? stated)
    {
        var census = new TextCensus(column, rows, missing, decimalMark);
        bool isNumeric = stated switch
        {
            { IsNumeric: { } given } => given,
            { Kind: ColumnKind.Number } => true,
            { Kind: ColumnKind.Category or ColumnKind.YesNo } => census.Numbers > 0 && census.Texts == 0 && census.BeyondLimit == 0,
            _ => IsNumeric(census),
        };
        bool isDate = !isNumeric && IsDate(census);
        bool[] isMissing = MissingOf(census, isNumeric, isDate);
        double[]? numbers = isNumeric ? NumbersOf(census, isMissing) : null;
        List<LevelCount> levels = ColumnLevels.Of(census, isMissing, numbers);
        int known = levels.Sum(level => level.Count);
        (ColumnKind kind, string why) = stated is not null
            ? (stated.Kind, "stated")
            : KindOf(census, rows, levels, known, numbers, isDate);
        ColumnProfile profile = Describe(census, rows.Length, levels, known, kind, why, numbers is not null);
        return new TypedColumn(column, profile, isMissing, numbers, ColumnFindings.Of(census, profile, missing, isNumeric, isDate));
    }

    private static bool IsNumeric(TextCensus census)
    {
        if (census.Numbers == 0 || 2L * census.Numbers < census.Values)
        {
            return false;
        }

        // A few distinct numbers beside a text are codes, and the text is one more level.
        return census.Texts <= ToleratedTexts * census.Values && (census.Texts == 0 || HasManyNumbers(census));
    }

    private static bool HasManyNumbers(TextCensus census)
    {
        var distinct = new HashSet<double>();
        for (int code = 0; code < census.Counts.Length && distinct.Count <= 10; code++)
        {
            if (census.Is(code, TextKind.Number))
            {
                distinct.Add(census.NumberOf(code).Value);
            }
        }

        return distinct.Count > 10;
    }

    private static bool IsDate(TextCensus census)
    {
        if (census.Values == 0)
        {
            return false;
        }

        int dates = 0;
        for (int code = 0; code < census.Counts.Length; code++)
        {
            if (census.Counts[code] > 0 && census.Kinds[code] is TextKind.Text or TextKind.Number && DateText.IsDate(census.Column.Utf8Of(code)))
            {
                dates += census.Counts[code];
            }
        }

        return dates >= (1 - ToleratedTexts) * census.Values;
    }

    private static bool[] MissingOf(TextCensus census, bool isNumeric, bool isDate)
    {
        bool takesPossible = isNumeric || isDate || census.Values == 0;
        return Array.ConvertAll(census.Kinds, kind => kind switch
        {
            TextKind.Missing => true,
            TextKind.PossiblyMissing => takesPossible,
            TextKind.Text => isNumeric,
            _ => false,
        });
    }

    private static double[] NumbersOf(TextCensus census, bool[] isMissing)
    {
        var numbers = new double[isMissing.Length];
        for (int code = 0; code < numbers.Length; code++)
        {
            numbers[code] = isMissing[code] ? double.NaN : census.NumberOf(code).Value;
        }

        return numbers;
    }

    private static (ColumnKind Kind, string Why) KindOf(
        TextCensus census, ReadOnlySpan<int> rows, List<LevelCount> levels, int known, double[]? numbers, bool isDate)
    {
        if (known == 0)
        {
            return (ColumnKind.Constant, "no row has a value");
        }

        if (levels.Count == 1)
        {
            return (ColumnKind.Constant, known == rows.Length ? "every row has the same value" : "every known value is the same");
        }

        if (isDate)
        {
            return (ColumnKind.Date, "the values are calendar dates");
        }

        if (levels.Count == 2 && ColumnLevels.WithText(levels[0]).Level is var first && ColumnLevels.WithText(levels[1]).Level is var second && YesNoText.IsPair(first, second))
        {
            return (ColumnKind.YesNo, $"two levels, {first} and {second}");
        }

        return numbers is null ? TextKindOf(census, levels.Count, known) : NumberKindOf(census, rows, levels, known, numbers);
    }

    private static (ColumnKind Kind, string Why) NumberKindOf(
        TextCensus census, ReadOnlySpan<int> rows, List<LevelCount> levels, int known, double[] numbers)
    {
        bool isWhole = levels.TrueForAll(level => level.Number == Math.Floor(level.Number) && Math.Abs(level.Number) < 1e15);
        if (isWhole && known == rows.Length && CountsRows(census.Column, rows, numbers))
        {
            return (ColumnKind.Identifier, "it counts the rows");
        }

        if (isWhole && levels.Count >= Math.Max(20, known / 10) && IdentifierName.IsLike(census.Column.Name))
        {
            return (ColumnKind.Identifier, "whole numbers under the name of an identifier");
        }

        if (isWhole && AreCompactDates(census))
        {
            return (ColumnKind.Date, "the values are dates of eight digits");
        }

        return (ColumnKind.Number, census.Texts == 0 ? "every value is a number" : "nearly every value is a number");
    }

    private static (ColumnKind Kind, string Why) TextKindOf(TextCensus census, int distinct, int known)
    {
        double length = 0;
        double words = 0;
        for (int code = 0; code < census.Counts.Length; code++)
        {
            if (census.Counts[code] > 0 && census.Kinds[code] != TextKind.Missing)
            {
                ReadOnlySpan<byte> text = census.Column.Utf8Of(code);
                length += (double)census.Counts[code] * text.Length;
                words += (double)census.Counts[code] * (1 + text.Count((byte)' '));
            }
        }

        // In UTF-8 a Chinese character counts three, which is about what it says.
        bool isLong = length / known >= 40 || words / known >= 5;
        if (isLong && distinct >= 20 && 2 * distinct > known)
        {
            return (ColumnKind.FreeText, "long texts that seldom repeat");
        }

        if (known >= 5 && distinct >= 0.9 * known)
        {
            return (ColumnKind.Identifier, "nearly every row has its own text");
        }

        if (distinct >= Math.Max(20, known / 10) && IdentifierName.IsLike(census.Column.Name))
        {
            return (ColumnKind.Identifier, "many texts under the name of an identifier");
        }

        return (ColumnKind.Category, $"{distinct} levels of text");
    }

    // Each row one more (or one less) than the row before it.
    private static bool CountsRows(TableColumn column, ReadOnlySpan<int> rows, double[] numbers)
    {
        if (rows.Length < 10)
        {
            return false;
        }

        ReadOnlySpan<int> codes = column.Codes;
        double step = (numbers[codes[rows[1]]] - numbers[codes[rows[0]]]) / (rows[1] - rows[0]);
        if (step is not (1 or -1))
        {
            return false;
        }

        for (int i = 1; i < rows.Length; i++)
        {
            if (numbers[codes[rows[i]]] - numbers[codes[rows[i - 1]]] != step * (rows[i] - rows[i - 1]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreCompactDates(TextCensus census)
    {
        for (int code = 0; code < census.Counts.Length; code++)
        {
            if (census.Is(code, TextKind.Number) && !DateText.IsCompactDate(census.Column.Utf8Of(code)))
            {
                return false;
            }
        }

        return true;
    }

    private static ColumnProfile Describe(
        TextCensus census, int rows, List<LevelCount> levels, int known, ColumnKind kind, string why, bool isNumeric)
    {
        bool hasNumbers = isNumeric && known > 0 && kind is ColumnKind.Number or ColumnKind.YesNo or ColumnKind.Category or ColumnKind.Constant;
        bool showsLevels = kind is ColumnKind.Category or ColumnKind.YesNo;
        bool isWhole = isNumeric && levels.TrueForAll(level => level.Number == Math.Floor(level.Number));
        double sum = 0;
        foreach (LevelCount level in levels)
        {
            sum += hasNumbers ? level.Number * level.Count : 0;
        }

        return new ColumnProfile
        {
            Name = census.Column.Name,
            Index = census.Column.Index,
            Kind = kind,
            WhyKind = why,
            Known = known,
            Missing = rows - known,
            Distinct = levels.Count,
            Minimum = hasNumbers ? levels[0].Number : double.NaN,
            Maximum = hasNumbers ? levels[^1].Number : double.NaN,
            Mean = hasNumbers ? sum / known : double.NaN,
            Levels = showsLevels ? MostFrequent(levels) : [],
            IsNumericText = isNumeric && known > 0 && census.Texts == 0,
            LooksCoded = kind == ColumnKind.Number && isWhole && levels.Count is >= 3 and <= 10,
            Unit = isNumeric ? census.Unit : "",
        };
    }

    private static ImmutableArray<LevelCount> MostFrequent(List<LevelCount> levels) =>
        [.. levels.OrderByDescending(level => level.Count).ThenBy(level => level, Comparer<LevelCount>.Create(TypedColumn.CompareLevels)).Take(ShownLevels).Select(ColumnLevels.WithText)];
}
