using System.Reflection;
using System.Text.RegularExpressions;
using MedTune.Data;
using MedTune.Data.Genes;
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
    [InlineData("2 of 130 pictures to learn from have the finding 'rare one' (1 independent patient with it, 120 without); at least 3 independent patients of each kind are needed.", "130 幅学习用图像中有 2 幅具有征象“rare one”（有该征象的独立患者 1 例，无该征象的 120 例）；两者均至少需要 3 例独立患者。")]
    [InlineData("In 4 series one label stands for pictures of different kinds (localizers among others in 1, several planes in 3): 9 pictures are unlike the others of the series, and would teach the label by what may not show it.", "4 个序列以同一标签代表不同种类的图像（1 个夹有定位像，3 个有多种平面）：9 幅与序列中其他图像不同，可能并不显示该标签所指，却会被用来学习它。")]
    [InlineData("2 volumes give 61 slices, axial by the orientation in the header; of 1 that hold several volumes, the first.", "2 个容积给出 61 张切片，按文件头中的方向取轴位；其中 1 个含多个容积，取第一个。")]
    [InlineData("The fold file lists 3 pictures that are not used (they cannot be read, show nothing or have no label).", "分折文件列出了 3 幅未使用的图像（无法读取、无内容或没有标签）。")]
    [InlineData("The pictures also have the labels 'a', 'b' and 3 more, which are not asked for.", "图像还有未要求的标签：'a', 'b' 及另外 3 个。")]
    [InlineData("rate 0.001, decay 0.01, smoothing 0.1, mixup 0, first block's rate 1, pull to the start 0, focal, hard examples more often; best of 3 epochs: 2", "学习率 0.001，权重衰减 0.01，标签平滑 0.1，mixup 0，首块学习率比 1，向初始权重的拉力 0，focal 损失，难例更常出现；3 轮中最佳：第 2 轮")]
    [InlineData("95 % percentile interval, patient bootstrap, 1000 resamples; in 4 of them a finding had no positive or no negative rows and was left out of the mean", "95% 百分位数置信区间，按患者自助法，重抽样 1000 次；其中 4 次有征象全为阴性或全为阳性，未计入平均")]
    [InlineData("words of 3 to 6 letters, both strands as one, penalty 0.1", "3 至 6 个字母的词，两条链视为同一，惩罚 0.1")]
    [InlineData("3 networks: convolutions, width 48, 3 blocks, 15 epochs, shift up to 4, mutation 0.05, one strand", "3 个网络：卷积，宽度 48，3 个块，15 轮，平移至多 4 位，突变率 0.05，单链")]
    [InlineData("95 % t interval over patients", "95% t 置信区间，按患者计")]
    [InlineData("95 % normal interval, 1000 half-samples of patients", "95% 正态置信区间，1000 次半样本，按患者抽取")]
    [InlineData("95 % interval, median of 5 splits", "95% 置信区间，5 次拆分的中位数")]
    [InlineData("undefined: the predicted effects do not differ", "无定义：预测的效应彼此没有差别")]
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
        string[] codes = [.. Constants(typeof(FindingCodes)), .. Constants(typeof(ImageFindingCodes)), .. Constants(typeof(GeneFindingCodes))];
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
