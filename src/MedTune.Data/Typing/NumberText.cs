using System.Globalization;
using System.Text;

namespace MedTune.Data;

/// <summary>A cell read as a number: the value, how it is written, and the unit behind it.</summary>
internal readonly record struct NumberText(double Value, NumberForm Form, string Unit)
{
    private const int LongestNumber = 64;
    private const int LongestUnit = 20;

    // Far beyond anything measured, and small enough that sums and ratios of such numbers stay within single precision.
    private const double Greatest = 1e30;

    /// <summary>Whether it is written as numbers usually are.</summary>
    public bool IsPlain => Form == NumberForm.Plain;

    /// <summary>Reads a cell as a number. Infinity, NaN and what lies beyond 1e30 either way are no numbers.</summary>
    /// <param name="cell">The cell in UTF-8, without white space around it.</param>
    /// <param name="decimalMark">Point or comma, as the table uses it; the other one then separates thousands.</param>
    /// <param name="number">The number.</param>
    public static bool TryParse(ReadOnlySpan<byte> cell, char decimalMark, out NumberText number)
    {
        number = default;
        if (cell.IsEmpty || cell.Length > LongestNumber)
        {
            return false;
        }

        bool isBeyondLimit = SkipLimit(ref cell);
        int length = NumberLength(cell);
        if (length == 0 || !TryRead(cell[..length], decimalMark, out double value, out NumberForm form))
        {
            return false;
        }

        string unit = "";
        if (length < cell.Length)
        {
            if (!TryReadUnit(cell[length..], out unit))
            {
                return false;
            }

            form = NumberForm.WithUnit;
        }

        number = new NumberText(value, isBeyondLimit ? NumberForm.BeyondLimit : form, unit);
        return true;
    }

    private static bool SkipLimit(ref ReadOnlySpan<byte> cell)
    {
        int sign = cell switch
        {
            [(byte)'<' or (byte)'>', (byte)'=', ..] => 2,
            [(byte)'<' or (byte)'>', ..] => 1,
            [0xE2, 0x89, 0xA4 or 0xA5, ..] => 3, // ≤ and ≥
            [0xEF, 0xBC, 0x9C or 0x9E, ..] => 3, // full-width < and >
            _ => 0,
        };
        cell = cell[sign..].TrimStart((byte)' ');
        return sign > 0;
    }

    // Sign, digits with marks between them, exponent.
    private static int NumberLength(ReadOnlySpan<byte> cell)
    {
        int i = cell is [(byte)'+' or (byte)'-', ..] ? 1 : cell is [0xE2, 0x88, 0x92, ..] ? 3 : 0; // or the minus sign U+2212
        int start = i;
        bool hasDigit = false;
        while (i < cell.Length && (IsDigit(cell[i]) || cell[i] is (byte)'.' or (byte)',' or (byte)'\''))
        {
            hasDigit |= IsDigit(cell[i]);
            i++;
        }

        if (!hasDigit)
        {
            return 0;
        }

        // A mark at the end belongs to the number ("5.") only when nothing follows.
        if (i < cell.Length && i > start && cell[i - 1] is (byte)',' or (byte)'\'')
        {
            return 0;
        }

        if (i + 1 < cell.Length && cell[i] is (byte)'e' or (byte)'E')
        {
            int exponent = cell[i + 1] is (byte)'+' or (byte)'-' ? i + 2 : i + 1;
            int end = exponent;
            while (end < cell.Length && IsDigit(cell[end]))
            {
                end++;
            }

            return end > exponent ? end : i;
        }

        return i;
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private static bool TryRead(ReadOnlySpan<byte> text, char decimalMark, out double value, out NumberForm form)
    {
        Span<byte> plain = stackalloc byte[LongestNumber];
        int length = 0;
        if (text is [0xE2, ..])
        {
            plain[length++] = (byte)'-';
            text = text[3..];
        }
        else if (text[0] is (byte)'+' or (byte)'-')
        {
            plain[length++] = text[0];
            text = text[1..];
        }

        int exponent = text.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> body = exponent < 0 ? text : text[..exponent];
        value = 0;
        if (!TryFindMarks(body, (byte)decimalMark, out int decimals, out form))
        {
            return false;
        }

        for (int i = 0; i < body.Length; i++)
        {
            if (i == decimals)
            {
                plain[length++] = (byte)'.';
            }
            else if (IsDigit(body[i]))
            {
                plain[length++] = body[i];
            }
        }

        ReadOnlySpan<byte> tail = exponent < 0 ? default : text[exponent..];
        tail.CopyTo(plain[length..]);
        length += tail.Length;
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(plain[..length], Styles, CultureInfo.InvariantCulture, out value) || !(Math.Abs(value) <= Greatest))
        {
            return false;
        }

        value += 0.0; // -0 and 0 are one value
        return true;
    }

    /// <summary>Decides which mark of a number is the decimal mark (its position, or -1) and whether the others separate thousands.</summary>
    private static bool TryFindMarks(ReadOnlySpan<byte> body, byte mark, out int decimals, out NumberForm form)
    {
        byte other = mark == (byte)'.' ? (byte)',' : (byte)'.';
        int marks = body.Count(mark);
        int others = body.Count(other);
        int apostrophes = body.Count((byte)'\'');
        decimals = -1;
        form = NumberForm.Plain;
        if (marks == 0 && others == 0 && apostrophes == 0)
        {
            return true;
        }

        if (marks == 1 && others == 0 && apostrophes == 0)
        {
            decimals = body.IndexOf(mark);
            return true;
        }

        // Thousands separated by the other mark or by an apostrophe, then perhaps decimals.
        form = NumberForm.Grouped;
        int first = body.IndexOf(mark);
        ReadOnlySpan<byte> whole = first < 0 ? body : body[..first];
        if (marks <= 1 && (others == 0 || apostrophes == 0) && AreThousands(whole, apostrophes > 0 ? (byte)'\'' : other))
        {
            decimals = first;
            return true;
        }

        if (others == 0 && apostrophes == 0 && AreThousands(body, mark))
        {
            return true; // 1.234.567 where the point is the decimal mark elsewhere
        }

        // The other convention for a whole number: "1,5" in a table of decimal points, "1.234,5" too.
        form = NumberForm.OtherMark;
        if (others == 1 && apostrophes == 0)
        {
            decimals = body.IndexOf(other);
            return marks == 0 || AreThousands(body[..decimals], mark);
        }

        return false;
    }

    // 1 to 3 digits not starting with 0, then groups of exactly three.
    private static bool AreThousands(ReadOnlySpan<byte> whole, byte separator)
    {
        int at = whole.IndexOf(separator);
        if (at is < 1 or > 3 || whole[0] == (byte)'0' || whole[..at].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        for (int i = at; i < whole.Length; i += 4)
        {
            if (whole[i] != separator || i + 4 > whole.Length || whole.Slice(i + 1, 3).IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> rest, out string unit)
    {
        unit = "";
        rest = rest.TrimStart((byte)' ');
        if (rest.IsEmpty || rest.Length > LongestUnit)
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(rest);
        if (!char.IsLetter(text[0]) && text[0] is not ('%' or '°' or '℃' or '℉' or '‰' or '×' or '*' or '/'))
        {
            return false;
        }

        // Only the signs that units are written with.
        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('%' or '°' or '℃' or '℉' or '‰' or '/' or '^' or '*' or '×' or '·' or '.' or ' ' or 'µ' or '²' or '³'))
            {
                return false;
            }
        }

        // "mm Hg" is a unit, "mo follow up" is a sentence, "/80" is the rest of a blood pressure.
        string[] words = text.Split(' ');
        bool isShort = words.Length == 1 || (words.Length == 2 && words[0].Length <= 3 && words[1].Length <= 3);
        bool endsInDigit = char.IsAsciiDigit(text[^1]) && !text.Contains('^') && !text.Contains('/');
        if (!isShort || endsInDigit || (text[0] == '/' && (text.Length < 2 || !char.IsLetter(text[1]))))
        {
            return false;
        }

        unit = text;
        return true;
    }
}
