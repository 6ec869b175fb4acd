using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Finds whether numbers are written with a decimal point or a decimal comma.</summary>
internal static class DecimalMarkDetection
{
    /// <summary>Distinct texts looked at per column.</summary>
    private const int TextsPerColumn = 2000;

    /// <summary>Comma where more texts can only be numbers with a decimal comma than with a decimal point; else point.</summary>
    public static char Detect(ImmutableArray<TableColumn> columns)
    {
        long commas = 0;
        long points = 0;
        foreach (TableColumn column in columns)
        {
            int looked = Math.Min(column.Distinct, TextsPerColumn);
            for (int code = 0; code < looked; code++)
            {
                ReadOnlySpan<byte> text = column.Utf8Of(code);
                commas += IsDecimal(text, (byte)',', (byte)'.') ? 1 : 0;
                points += IsDecimal(text, (byte)'.', (byte)',') ? 1 : 0;
            }
        }

        return commas > points ? ',' : '.';
    }

    // "1,5", "0,125" and "1.234,5" can only have a decimal comma; "1,234" could be 1234 and says nothing.
    private static bool IsDecimal(ReadOnlySpan<byte> text, byte mark, byte other)
    {
        if (text.StartsWith("-"u8) || text.StartsWith("+"u8))
        {
            text = text[1..];
        }

        int at = text.IndexOf(mark);
        if (at < 0 || at == text.Length - 1 || text.IndexOfAnyExceptInRange((byte)',', (byte)'9') >= 0 || text.IndexOfAny((byte)'-', (byte)'/') >= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> whole = text[..at];
        ReadOnlySpan<byte> decimals = text[(at + 1)..];
        if (decimals.IndexOfAny(mark, other) >= 0)
        {
            return false;
        }

        bool couldBeThousands = decimals.Length == 3 && whole.Length is >= 1 and <= 3 && whole[0] != (byte)'0';
        return !couldBeThousands;
    }
}
