using System.Text;

namespace MedTune.Data;

/// <summary>White space around cells, and characters that no cell should hold.</summary>
internal static class CellText
{
    /// <summary>The cell without white space around it: space, tab, line breaks, no-break and ideographic spaces, zero-width marks.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        while (StartLength(cell) is > 0 and int length)
        {
            cell = cell[length..];
        }

        while (EndLength(cell) is > 0 and int length)
        {
            cell = cell[..^length];
        }

        return cell;
    }

    /// <summary>Whether <see cref="Trim"/> might change the cell, told by its first and last byte alone.</summary>
    public static bool MayNeedTrim(ReadOnlySpan<byte> cell) =>
        !cell.IsEmpty && (cell[0] <= 0x20 || cell[^1] <= 0x20 || cell[0] >= 0xC2 || cell[^1] >= 0x80);

    /// <summary>Whether the cell holds a control character or the replacement character of a wrong conversion.</summary>
    public static bool HasStrayCharacters(ReadOnlySpan<byte> cell) =>
        cell.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || cell.IndexOfAnyInRange((byte)14, (byte)31) >= 0
        || cell.IndexOf((byte)127) >= 0 || cell.IndexOf("\uFFFD"u8) >= 0;

    private static int StartLength(ReadOnlySpan<byte> cell) => cell switch
    {
        [] => 0,
        [0x20 or (>= 9 and <= 13), ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        _ when cell[0] is 0xE2 or 0xE3 or 0xEF
            && Rune.DecodeFromUtf8(cell, out Rune rune, out int length) == System.Buffers.OperationStatus.Done && IsSpace(rune) => length,
        _ => 0,
    };

    private static int EndLength(ReadOnlySpan<byte> cell) => cell switch
    {
        [] => 0,
        [.., 0x20 or (>= 9 and <= 13)] => 1,
        [.., 0xC2, 0xA0] => 2,
        _ when cell[^1] >= 0x80
            && Rune.DecodeLastFromUtf8(cell, out Rune rune, out int length) == System.Buffers.OperationStatus.Done && IsSpace(rune) => length,
        _ => 0,
    };

    private static bool IsSpace(Rune rune) => rune.Value is 0x3000 or (>= 0x2000 and <= 0x200B) or 0x202F or 0xFEFF;
}
