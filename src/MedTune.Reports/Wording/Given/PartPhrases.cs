using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>Parts of sentences with few words of their own: they come last, so that they take nothing from whole sentences.</summary>
internal static class PartPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("{0} in {1}% of the pictures; {2}", "{1}% 的图像作{0*}；{2*}"),
        new("{0} in {1}% of the pictures", "{1}% 的图像作{0*}"),
        new("{0} is missing", "{0} 缺失"),
        new("{0} in {1} and {2}, {3}", "{0} 对在 {1} 与 {2}，{3*}"),
        new("{0} in {1} and {2}", "{0} 对在 {1} 与 {2}"),
        new("{0} ({1} to {2}), {3}", "{0*}（{1}～{2}），{3*}"),
        new("{0} ({1} to {2})", "{0*}（{1}～{2}）"),
        new("border {0}", "边缘 {0}"),
        new("size {0}", "尺寸 {0}"),
        new("colour {0}", "颜色 {0}"),
        new("encoding {0}", "编码 {0}"),
        new("site {0}", "中心 {0}"),
        new("{0} and {1} more", "{0} 及另外 {1} 个"),
        new("{0} + {1}", "{0*} + {1*}"),
        new("{0}, trained anew", "{0*}（重新训练）"),
        new("{0} to be answered, {1}", "{0} 处待答复，{1*}"),
        new("{0} left out, {1}", "{0} 处已排除，{1*}"),
        new("{0} accepted, {1}", "{0} 处已接受，{1*}"),
        new("{0} to be answered", "{0} 处待答复"),
        new("{0} left out", "{0} 处已排除"),
        new("{0} accepted", "{0} 处已接受"),
        new("{0} a warning only", "{0} 处仅作警告"),
    ];
}
