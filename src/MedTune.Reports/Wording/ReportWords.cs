using MedTune.Reports.Wording.Given;

namespace MedTune.Reports.Wording;

/// <summary>Picks the words of the report's language. Every sentence stands in the code in both, side by side, so that none can change alone.</summary>
internal sealed class ReportWords
{
    private ReportWords(ReportLanguage language) => Language = language;

    /// <summary>The English report's words.</summary>
    public static ReportWords English { get; } = new(ReportLanguage.English);

    /// <summary>The Chinese report's words.</summary>
    public static ReportWords Chinese { get; } = new(ReportLanguage.Chinese);

    /// <summary>The language.</summary>
    public ReportLanguage Language { get; }

    /// <summary>The language as HTML names it.</summary>
    public string Tag => Of("en", "zh-CN");

    /// <summary>What stands between the words of a list.</summary>
    public string Comma => Of(", ", "、");

    /// <summary>What stands between two sentences.</summary>
    public string Space => Of(" ", "");

    private bool IsChinese => Language == ReportLanguage.Chinese;

    /// <summary>The words of a language.</summary>
    public static ReportWords In(ReportLanguage language) => language == ReportLanguage.Chinese ? Chinese : English;

    /// <summary>The one of the two that is in the report's language.</summary>
    public string Of(string english, string chinese) => IsChinese ? chinese : english;

    /// <summary>A text that was written outside the report, such as a finding; one whose Chinese is not known stays as it is.</summary>
    public string Given(string english) => IsChinese ? GivenWords.Chinese(english) : english;

    /// <summary>What a row is called; nouns of other programs stay as they are.</summary>
    public string Noun(string english) => !IsChinese ? english : english switch
    {
        "patient" or "patients" => "患者",
        "row" or "rows" => "记录",
        "picture" or "pictures" => "图像",
        "case" or "cases" => "病例",
        "sample" or "samples" => "样本",
        "sequence" or "sequences" => "序列",
        _ => english,
    };

    /// <summary>"61 patients", "1 patient".</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The noun in the singular.</param>
    /// <param name="many">The noun in the plural.</param>
    public string Counted(long count, string one, string many)
    {
        string measure = one switch
        {
            "patient" or "patients" or "case" or "cases" => "例",
            "row" or "rows" or "sequence" or "sequences" => "条",
            "picture" or "pictures" => "幅",
            _ => "个",
        };
        return Of($"{NumberText.Count(count)} {(count == 1 ? one : many)}", $"{NumberText.Count(count)} {measure}{Noun(one)}");
    }

    /// <summary>"0.812 to 0.921", or empty when an end is not known.</summary>
    public string Interval(double low, double high, NumberStyle style, int percentDecimals = 0) =>
        double.IsNaN(low) || double.IsNaN(high)
            ? ""
            : Range(NumberText.Styled(low, style, percentDecimals), NumberText.Styled(high, style, percentDecimals));

    /// <summary>"0.812 to 0.921"; in Chinese, which breaks lines anywhere, held together by word joiners.</summary>
    public string Range(string low, string high) => Of($"{low} to {high}", $"{low}\u2060～\u2060{high}");

    /// <summary>"0.873 (0.812 to 0.921)", or the value alone when there is no interval.</summary>
    public string WithInterval(double value, double low, double high, NumberStyle style, int percentDecimals = 0)
    {
        string interval = Interval(low, high, style, percentDecimals);
        string text = NumberText.Styled(value, style, percentDecimals);
        return interval.Length == 0 ? text : text + InBrackets(interval);
    }

    /// <summary>A remark behind a word: " (…)".</summary>
    public string InBrackets(string text) => Of($" ({text})", $"（{text}）");
}
