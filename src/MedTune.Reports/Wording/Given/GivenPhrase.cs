using System.Diagnostics.CodeAnalysis;

namespace MedTune.Reports.Wording.Given;

/// <summary>A sentence that is written outside the report, beside its Chinese.</summary>
/// <param name="English">
/// The sentence, with <c>{0}</c>, <c>{1}</c> ... for what differs from case to case, and <c>[is|are]</c> where it has several forms.
/// </param>
/// <param name="Chinese">Its Chinese, with the same holes; <c>{0*}</c> where what stands there is to be put into Chinese as well.</param>
/// <param name="Code">The finding whose sentence this is; empty for what is no finding.</param>
internal sealed record GivenPhrase(string English, string Chinese, string Code = "")
{
    private readonly string[][] _forms = [.. Forms(English).Select(Literals)];

    /// <summary>Whether it is a word or sentence without holes.</summary>
    public bool IsPlain => _forms is [[_]];

    /// <summary>The Chinese of a text of this form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="inner">Puts what stands in a hole into Chinese.</param>
    /// <param name="chinese">The Chinese.</param>
    public bool TryTranslate(string text, Func<string, string> inner, [NotNullWhen(true)] out string? chinese)
    {
        foreach (string[] form in _forms)
        {
            if (Holes(text, form) is { } holes)
            {
                chinese = Chinese;
                for (int place = 0; place < holes.Length; place++)
                {
                    // What is put in may itself hold braces: it is protected until all places are filled.
                    string hole = holes[place].Replace('{', '\u0001');
                    chinese = chinese.Replace($"{{{place}*}}", inner(holes[place]).Replace('{', '\u0001'), StringComparison.Ordinal)
                        .Replace($"{{{place}}}", hole, StringComparison.Ordinal);
                }

                chinese = chinese.Replace('\u0001', '{');
                return true;
            }
        }

        chinese = null;
        return false;
    }

    /// <summary>What stands between the fixed stretches, the leftmost places taken; null where they do not fit.</summary>
    private static string[]? Holes(string text, string[] form)
    {
        if (form.Length == 1)
        {
            return text == form[0] ? [] : null;
        }

        if (!text.StartsWith(form[0], StringComparison.Ordinal) || !text.EndsWith(form[^1], StringComparison.Ordinal))
        {
            return null;
        }

        var holes = new string[form.Length - 1];
        int start = form[0].Length;
        int end = text.Length - form[^1].Length;
        for (int place = 1; place < form.Length; place++)
        {
            int next = place == form.Length - 1 ? end : text.IndexOf(form[place], Math.Min(start + 1, text.Length), StringComparison.Ordinal);
            if (next <= start || next > end)
            {
                return null;
            }

            holes[place - 1] = text[start..next];
            start = next + form[place].Length;
        }

        return holes;
    }

    private static IEnumerable<string> Forms(string pattern)
    {
        int open = pattern.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return [pattern];
        }

        int close = pattern.IndexOf(']', open);
        return pattern[(open + 1)..close].Split('|').SelectMany(form => Forms(pattern[..open] + form + pattern[(close + 1)..]));
    }

    private static string[] Literals(string form)
    {
        var literals = new List<string>();
        int start = 0;
        for (int hole = 0; form.IndexOf($"{{{hole}}}", start, StringComparison.Ordinal) is >= 0 and var place; hole++)
        {
            literals.Add(form[start..place]);
            start = place + 3;
        }

        literals.Add(form[start..]);
        return [.. literals];
    }
}
