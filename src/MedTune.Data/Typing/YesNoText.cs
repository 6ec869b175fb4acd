namespace MedTune.Data;

/// <summary>Pairs of words that answer yes or no.</summary>
internal static class YesNoText
{
    private static readonly (string No, string Yes)[] Pairs =
    [
        ("no", "yes"), ("n", "y"), ("false", "true"), ("f", "t"), ("0", "1"), ("1", "2"),
        ("negative", "positive"), ("neg", "pos"), ("-", "+"), ("absent", "present"), ("notpresent", "present"), ("not present", "present"),
        ("off", "on"), ("never", "ever"), ("normal", "abnormal"), ("unchecked", "checked"),
        ("否", "是"), ("无", "有"), ("阴性", "阳性"), ("正常", "异常"), ("没有", "有"), ("不是", "是"), ("(-)", "(+)"), ("（-）", "（+）"),
    ];

    /// <summary>Whether the two texts are such a pair, in any order and whatever the case of their letters.</summary>
    public static bool IsPair(string a, string b) => YesOf(a, b) is not null;

    /// <summary>Which of the two is the yes (the same text as given), or null when they are no pair.</summary>
    public static string? YesOf(string a, string b)
    {
        foreach ((string no, string yes) in Pairs)
        {
            if (Is(a, no) && Is(b, yes))
            {
                return b;
            }

            if (Is(b, no) && Is(a, yes))
            {
                return a;
            }
        }

        return null;
    }

    private static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
