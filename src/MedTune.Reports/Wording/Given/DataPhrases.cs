using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>How files, rows and columns were read.</summary>
internal static class DataPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("{0}, separated by {1}s, decimal point, gzip", "{0*}，以{1*}分隔，小数点为点号，gzip 压缩"),
        new("{0}, separated by {1}s, decimal comma, gzip", "{0*}，以{1*}分隔，小数点为逗号，gzip 压缩"),
        new("{0}, separated by {1}s, decimal point", "{0*}，以{1*}分隔，小数点为点号"),
        new("{0}, separated by {1}s, decimal comma", "{0*}，以{1*}分隔，小数点为逗号"),
        new("{0} with byte order mark", "{0}（带字节顺序标记）"),
        new("comma", "逗号"),
        new("semicolon", "分号"),
        new("tab", "制表符"),
        new("bar", "竖线"),
        new("folder of pictures", "图像文件夹"),
        new("MedMNIST archive", "MedMNIST 数据包"),
        new("manifest of pictures", "图像清单"),
        new("equal to an earlier row", "与前面某条记录相同"),
        new("the target is not known", "结局未知"),
        new("it says who the patient is", "标明患者身份"),
        new("stated", "由用户指定"),
        new("leftout", "已排除"),
        new("no row has a value", "所有记录均无值"),
        new("every row has the same value", "所有记录取值相同"),
        new("every known value is the same", "所有已知值相同"),
        new("the values are calendar dates", "取值为日期"),
        new("two levels, {0} and {1}", "两个水平：{0} 和 {1}"),
        new("it counts the rows", "为记录编号"),
        new("whole numbers under the name of an identifier", "名称为标识符的整数"),
        new("the values are dates of eight digits", "取值为八位数字的日期"),
        new("every value is a number", "所有值均为数字"),
        new("nearly every value is a number", "几乎所有值均为数字"),
        new("long texts that seldom repeat", "很少重复的长文本"),
        new("nearly every row has its own text", "几乎每条记录的文字都不同"),
        new("many texts under the name of an identifier", "名称为标识符的多种文字"),
        new("{0} levels of text", "{0} 个文字水平"),
        new("few different whole numbers: taken as codes, each with a weight of its own", "不同的整数很少：视为编码，每个编码有各自的权重"),
    ];
}
