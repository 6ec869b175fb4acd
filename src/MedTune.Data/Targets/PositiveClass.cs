namespace MedTune.Data;

/// <summary>Chooses which of two classes is the positive one when the user does not say.</summary>
internal static class PositiveClass
{
    private static readonly string[] Words =
    [
        "1", "true", "yes", "y", "t", "positive", "pos", "+", "dead", "died", "death", "deceased", "die", "case", "cases", "disease", "diseased",
        "sick", "ill", "malignant", "cancer", "present", "abnormal", "event", "relapse", "recurrence", "readmitted", "patient", "M1",
        "是", "有", "阳性", "死亡", "恶性", "异常", "病例", "患病", "复发", "转移", "发生",
    ];

    private static readonly string[] Negations = ["no ", "not ", "no_", "not_", "no-", "not-", "non-", "non", "not", "no", "un", "无", "非", "未", "不"];

    /// <summary>The positive one of two levels, why, and whether a person should check it.</summary>
    public static (int Index, string Why, bool IsCertain) Choose(LevelCount first, LevelCount second)
    {
        bool isOneTwo = first.Level == "1" && second.Level == "2";
        if (isOneTwo)
        {
            return (0, "1 of the codes 1 and 2", false);
        }

        if (IsNegationOf(first.Level, second.Level))
        {
            return (1, "the other class is its negation", true);
        }

        if (IsNegationOf(second.Level, first.Level))
        {
            return (0, "the other class is its negation", true);
        }

        bool firstIs = Words.Contains(first.Level, StringComparer.OrdinalIgnoreCase);
        bool secondIs = Words.Contains(second.Level, StringComparer.OrdinalIgnoreCase);
        if (firstIs != secondIs)
        {
            return (firstIs ? 0 : 1, "its name says so", true);
        }

        if (YesNoText.YesOf(first.Level, second.Level) is { } yes)
        {
            return (yes == first.Level ? 0 : 1, "its name says so", true);
        }

        return first.Count < second.Count ? (0, "it has fewer rows", false) : (1, "it has fewer rows, or comes last", false);
    }

    private static bool IsNegationOf(string text, string word) =>
        word.Length > 0 && Negations.Any(negation => string.Equals(text, negation + word, StringComparison.OrdinalIgnoreCase));
}
