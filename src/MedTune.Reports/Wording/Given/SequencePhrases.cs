using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>Settings of models for sequences of DNA.</summary>
internal static class SequencePhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("words of 3 to 6 letters, {0}", "3 至 6 个字母的词，{0*}"),
        new("one strand, penalty {0}", "单链，惩罚 {0}"),
        new("both strands as one, penalty {0}", "双链合一，惩罚 {0}"),
        new("single letters, penalty {0}", "单个字母，惩罚 {0}"),
        new("words of 1 to 3 letters, penalty {0}", "1 至 3 个字母的词，惩罚 {0}"),
        new("left out: places are compared only in sequences of one length, of at most 5000 letters", "未采用：只有长度相同且不超过 5000 个字母的序列才能逐位比较"),
        new("{0} networks of {1}, width {2}, {3} blocks, {4} epochs, mutation rate {5}, {6}, {7}", "{0} 个{1*}网络，宽度 {2}，{3} 个模块，{4} 轮，突变率 {5}，{6*}，{7*}"),
        new("convolutions", "卷积"),
        new("attention", "注意力"),
        new("no shift", "不平移"),
        new("shift up to {0}", "最多平移 {0} 个字母"),
        new("one strand", "单链"),
        new("both strands", "双链"),
    ];
}
