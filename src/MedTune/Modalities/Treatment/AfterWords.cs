namespace MedTune.Modalities.Treatment;

/// <summary>What a column's name says of when it was measured.</summary>
internal static class AfterWords
{
    // Parts of names that put it before treatment whatever else they say.
    private static readonly string[] Before = ["baseline", "base", "pre", "prior", "previous", "before", "history", "hx", "screening", "既往", "基线"];

    private static readonly string[] After =
    [
        "post", "after", "followup", "fu", "fup", "response", "responder", "outcome", "endpoint", "died", "death", "dead", "deceased", "alive", "survival", "cens", "censor", "censored",
        "event", "relapse", "recurrence", "discharge", "discharged", "compliance", "compliant", "adherence", "adherent", "dropout", "withdrawn", "discontinued", "toxicity", "adverse", "offtrt",
        "days", "los", "死亡", "随访", "疗效", "出院", "不良反应",
    ];

    private static readonly string[] Periods = ["day", "days", "week", "weeks", "wk", "month", "months", "mo", "year", "years", "d", "w", "m", "天", "周", "月"];

    /// <summary>Why a name sounds like something measured after treatment, or null.</summary>
    /// <param name="name">The column.</param>
    /// <param name="outcome">The outcome's column.</param>
    /// <param name="treatment">The treatment's column.</param>
    public static string? Find(string name, string outcome, string treatment)
    {
        string[] words = Words(name);
        if (words.Any(word => Before.Contains(word)))
        {
            return null;
        }

        if (words.FirstOrDefault(word => After.Contains(word)) is { } after)
        {
            return $"its name says '{after}'";
        }

        for (int i = 0; i + 1 < words.Length; i++)
        {
            if (Periods.Contains(words[i]) && int.TryParse(words[i + 1], out int length) && length > 0)
            {
                return $"its name says '{words[i]} {words[i + 1]}'";
            }
        }

        if (words.Any(word => word is "off") && Words(treatment).Append("trt").Append("treatment").Any(word => words.Contains(word)))
        {
            return "its name speaks of the end of treatment";
        }

        return IsSibling(name, outcome) ? "its name differs from the outcome's in figures only" : null;
    }

    /// <summary>Whether two names are the same but for figures, of which they have as many: another visit's value of something.</summary>
    private static bool IsSibling(string name, string outcome) =>
        name != outcome && name.Length == outcome.Length && outcome.Count(char.IsAsciiDigit) >= 2
        && name.Zip(outcome, (a, b) => a == b || (char.IsAsciiDigit(a) && char.IsAsciiDigit(b))).All(same => same);

    /// <summary>The words of a name in lower case: cut at signs, at a change of case, and between letters and figures.</summary>
    private static string[] Words(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || KindOf(name[i]) != KindOf(name[i - 1]) || (char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
            {
                string word = name[start..i].ToLowerInvariant();
                if (KindOf(word[0]) != 0)
                {
                    words.Add(word);
                }

                start = i;
            }
        }

        return [.. words];
    }

    private static int KindOf(char sign) => char.IsAsciiDigit(sign) ? 1 : char.IsLetter(sign) ? 2 : 0;
}
