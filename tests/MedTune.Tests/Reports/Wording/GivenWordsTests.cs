using System.Reflection;
using System.Text.RegularExpressions;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Reports.Wording;
using MedTune.Reports.Wording.Given;
using MedTune.Tests.House;

namespace MedTune.Tests.Reports.Wording;

/// <summary>The Chinese of sentences that are written outside the report.</summary>
public sealed class GivenWordsTests
{
    [Theory]
    [InlineData("12 of 300 patients have several rows, up to 4.", "300 例患者中有 12 例有多条记录，最多 4 条。")]
    [InlineData("1 row equals an earlier row in all features and in the target.", "1 条记录的所有输入变量和结局均与前面某条记录相同。")]
    [InlineData("'a {0} b' holds dates.", "“a {0} b”为日期。")]
    [InlineData("3 cells of 'glucose' are 0, which a glucose cannot be, and no other value is near 0.", "“glucose”有 3 个单元格为 0，而血糖不可能如此，且其他数值均不接近 0。")]
    [InlineData("95 % percentile interval, patient bootstrap, 1000 resamples", "95% 百分位数置信区间，按患者自助法，重抽样 1000 次")]
    [InlineData("logistic regression + random forest + gradient boosting", "逻辑回归 + 随机森林 + 梯度提升树")]
    [InlineData("depth 3, learning rate 0.05, child weight 1, ridge 2, row share 0.8, feature share 0.5", "深度 3，学习率 0.05，子节点权重 1，岭惩罚 2，记录抽样 0.8，变量抽样 0.5")]
    [InlineData("boosting continued + logistic regression, trained anew + random forest, trained anew", "继续提升 + 逻辑回归（重新训练） + 随机森林（重新训练）")]
    [InlineData("Nobody has written this down.", "Nobody has written this down.")]
    public void Given_Text_IsPutIntoChineseWithItsFigures(string english, string chinese)
    {
        Assert.Equal(chinese, ReportWords.Chinese.Given(english));
        Assert.Equal(english, ReportWords.English.Given(english));
    }

    [Fact]
    public void All_Phrases_AreWrittenSomewhereInTheProgram()
    {
        // Interpolations stand between the fixed words in the code, so the words are looked for one stretch at a time.
        string code = string.Join('\n', Repository.SourceFiles("src").Where(file => !file.StartsWith("src/MedTune.Reports/", StringComparison.Ordinal)).Select(Repository.Read));
        string[] missing = [.. GivenWords.All.SelectMany(phrase => Regex.Split(phrase.English, @"\{[0-9]\}|\[[^]]*\]|[^A-Za-z' -]+")).Select(text => text.Trim(' ', '\'', '-'))
            .Where(text => text.Length >= 12).Distinct(StringComparer.Ordinal).Where(text => !code.Contains(text, StringComparison.Ordinal))];
        Assert.Equal([], missing);
    }

    [Fact]
    public void All_CodesOfFindings_HaveAChineseSentence()
    {
        string[] codes = [.. Constants(typeof(FindingCodes)), .. Constants(typeof(ImageFindingCodes))];
        Assert.Equal([], codes.Except(GivenWords.All.Select(phrase => phrase.Code)));
    }

    [Fact]
    public void All_Phrases_KeepEveryHole()
    {
        foreach (GivenPhrase phrase in GivenWords.All)
        {
            Assert.Equal(Holes(phrase.English), Holes(phrase.Chinese));
        }
    }

    private static string[] Holes(string text) => [.. Regex.Matches(text, @"\{([0-9])\*?\}").Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Constants(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
