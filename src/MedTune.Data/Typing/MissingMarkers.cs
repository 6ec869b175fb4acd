using System.Collections.Immutable;
using System.Text;

namespace MedTune.Data;

/// <summary>The texts that mean "not known".</summary>
/// <remarks>The empty cell always does. So do the usual words of statistics programs and spreadsheets, <c>?</c>, and the Chinese
/// 未知, 不详, 缺失. A dash, a point or a slash can be a value (a negative finding): these count only in columns of numbers and dates.</remarks>
public sealed class MissingMarkers
{
    private const int LongestMarker = 64;

    private static readonly ImmutableArray<string> Words =
    [
        "?", "NA", "na", "N/A", "n/a", "N.A.", "n.a.", "#N/A", "<NA>", "NaN", "nan", "NAN", "-nan", "NULL", "null", "Null", "\\N",
        "#NULL!", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "missing", "Missing", "MISSING",
        "unknown", "Unknown", "UNKNOWN", "not available", "Not available", "Not Available",
        "未知", "不详", "缺失", "未测", "未查", "未做", "无数据", "？",
    ];

    private static readonly ImmutableArray<string> PossibleTexts =
        ["-", "--", "---", "–", "—", "——", ".", "..", "...", "/", "\\", "*"];

    private readonly ImmutableHashSet<string> _texts;
    private readonly ImmutableArray<double> _numbers;

    private MissingMarkers(ImmutableArray<string> named)
    {
        Named = named;
        _texts = ImmutableHashSet.CreateRange(StringComparer.Ordinal, Words.AddRange(named));
        _numbers = [.. named
            .Select(text => NumberText.TryParse(Encoding.UTF8.GetBytes(text), '.', out NumberText number) && IsSimple(number) ? number.Value : double.NaN)
            .Where(number => !double.IsNaN(number))];
    }

    /// <summary>The markers that need not be named.</summary>
    public static MissingMarkers Default { get; } = new([]);

    /// <summary>The markers named by the user, beside the default ones.</summary>
    public ImmutableArray<string> Named { get; }

    /// <summary>The default markers and these.</summary>
    /// <param name="named">Texts that mean missing in this data, such as <c>999</c>; a number also matches its other spellings (<c>999.0</c>).</param>
    public static MissingMarkers With(IEnumerable<string> named) =>
        new([.. named.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)]);

    /// <summary>Whether this cell is missing wherever it stands.</summary>
    /// <param name="utf8">The cell in UTF-8, without white space around it.</param>
    public bool Contains(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return true;
        }

        if (Named.IsEmpty && utf8[0] is >= (byte)'0' and <= (byte)'9')
        {
            return false; // no default marker starts with a digit, and most cells do
        }

        return utf8.Length <= LongestMarker && (_texts.Contains(Encoding.UTF8.GetString(utf8)) || IsNamed(utf8));
    }

    /// <summary>Whether the user named this cell's text as missing.</summary>
    internal bool IsNamed(ReadOnlySpan<byte> utf8)
    {
        if (Named.IsEmpty || utf8.Length > LongestMarker)
        {
            return false;
        }

        if (Named.Contains(Encoding.UTF8.GetString(utf8)))
        {
            return true;
        }

        return !_numbers.IsEmpty && NumberText.TryParse(utf8, '.', out NumberText number) && IsSimple(number) && _numbers.Contains(number.Value);
    }

    private static bool IsSimple(NumberText number) => number.Form is NumberForm.Plain or NumberForm.OtherMark;

    /// <summary>Whether this text means missing among numbers and dates, but can be a value elsewhere.</summary>
    internal static bool IsPossible(ReadOnlySpan<byte> utf8) =>
        utf8.Length is > 0 and <= 6 && (utf8[0] is < (byte)'0' or > (byte)'9') && PossibleTexts.Contains(Encoding.UTF8.GetString(utf8));
}
