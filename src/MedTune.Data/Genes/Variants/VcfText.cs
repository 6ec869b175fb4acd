using System.Buffers;
using System.Globalization;

namespace MedTune.Data.Genes;

/// <summary>The small forms of which the columns of VCF are made.</summary>
internal static class VcfText
{
    private static readonly SearchValues<char> Bases = SearchValues.Create("ACGTNacgtn");
    private static readonly SearchValues<char> AmbiguousBases = SearchValues.Create(Nucleotides.Codes + Nucleotides.Codes.ToLowerInvariant());

    /// <summary>Whether a text is bases (A, C, G, T, N) only, at least one.</summary>
    public static bool IsBases(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Bases);

    /// <summary>Whether a text is IUPAC codes only, at least one.</summary>
    public static bool IsCodes(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(AmbiguousBases);

    /// <summary>Whether an alternate allele has a form of the specification: bases, <c>*</c>, a symbol in angle brackets, or a breakend.</summary>
    public static bool IsAlternate(ReadOnlySpan<char> text)
    {
        if (text is "*" || IsBases(text))
        {
            return true;
        }

        if (text.Length >= 3 && text[0] == '<' && text[^1] == '>')
        {
            return !text[1..^1].ContainsAny('<', '>', ' ') && !text.Contains('\t');
        }

        if (text.Length >= 2 && (text[0] == '.' || text[^1] == '.'))
        {
            return IsBases(text[0] == '.' ? text[1..] : text[..^1]);
        }

        return IsBreakend(text);
    }

    /// <summary>Reads a number as the specification writes it, infinity and NaN included.</summary>
    public static bool TryFloat(ReadOnlySpan<char> text, out double value)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        ReadOnlySpan<char> bare = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        if (bare.Equals("inf", StringComparison.OrdinalIgnoreCase) || bare.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (bare.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        value = 0;
        return bare.Length > 0 && (char.IsAsciiDigit(bare[0]) || bare[0] == '.') && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a text is a whole number of 32 bits that BCF does not reserve.</summary>
    public static bool IsInteger(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value > int.MinValue + 7;

    // Bases on one side of a place in brackets that both open the same way: "A[1:100[", "]1:100]A".
    private static bool IsBreakend(ReadOnlySpan<char> text)
    {
        int first = text.IndexOfAny('[', ']');
        int last = text.LastIndexOfAny('[', ']');
        if (first < 0 || first == last || text[first] != text[last])
        {
            return false;
        }

        ReadOnlySpan<char> place = text[(first + 1)..last];
        int colon = place.LastIndexOf(':');
        bool isPlace = colon > 0 && colon < place.Length - 1 && !place[(colon + 1)..].ContainsAnyExceptInRange('0', '9') && !place.ContainsAny(' ', ',');
        ReadOnlySpan<char> before = text[..first];
        ReadOnlySpan<char> after = text[(last + 1)..];
        bool hasBases = before.IsEmpty ? IsBases(after) || after is "." : after.IsEmpty && (IsBases(before) || before is ".");
        return isPlace && hasBases;
    }
}
