using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>Rules of VCF that are broken in a way that does not change what is read.</summary>
internal static class VcfRulePhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("is empty", "为空行"),
        new("goes back to a chromosome whose lines had ended", "回到了已经结束的染色体"),
        new("has a smaller POS than the line before", "POS 小于前一行"),
        new("has a variant that a line before has too, perhaps written with other letters around it", "变异与前面某行相同，可能只是前后所带字母不同"),
        new("has a key of INFO that is empty or holds signs that are not allowed", "INFO 的某个键为空或含不允许的字符"),
        new("has {0} twice in INFO", "INFO 中 {0} 出现两次"),
        new("has a negative {0} in INFO", "INFO 中 {0} 为负"),
        new("has a key in FORMAT with signs that are not allowed", "FORMAT 的某个键含不允许的字符"),
        new("has GT in FORMAT, but not as its first key", "FORMAT 中有 GT，但不是第一个键"),
        new("has a sample with {0} values of {1} where {2} are expected (Number={3})", "有样本的 {1} 有 {0} 个值，应为 {2} 个（Number={3}）"),
        new("has a sample with a {0} that is not of its type ({1})", "有样本的 {0} 不符合其类型（{1}）"),
        new("has a value for the flag {0} in INFO", "INFO 中标志 {0} 带有值"),
        new("has {0} in INFO without a value", "INFO 中 {0} 没有值"),
        new("has {0} values of {1} in INFO where {2} [is|are] expected (Number={3})", "INFO 中 {1} 有 {0} 个值，应为 {2} 个（Number={3}）"),
        new("has a {0} in INFO that is not of its type ({1})", "INFO 中 {0} 不符合其类型（{1}）"),
        new("names version 4.0, which is read by the rules of 4.1", "版本为 4.0，按 4.1 的规则读取"),
        new("names the column FORMAT, but no sample", "有 FORMAT 列而没有样本"),
        new("of the header is no ##KEY=VALUE", "文件头行不是 ##KEY=VALUE 的形式"),
        new("of the header has no value for {0}", "文件头中 {0} 没有值"),
        new("of the header has no address (URL) as the value of {0}", "文件头中 {0} 的值不是网址"),
        new("of the header ({0}) has a Number that is neither a count nor {1} nor a dot", "文件头（{0}）的 Number 既不是个数，也不是 {1} 或点号"),
        new("of the header ({0}) has a Type that is none of Integer, Float, [Flag, |]Character and String", "文件头（{0}）的 Type 不是允许的类型"),
        new("of the header ({0}) has a Description without quotation marks", "文件头（{0}）的 Description 没有引号"),
        new("of the header ({0}) defines {1} in another way than the specification, which reserves it (Number={2})", "文件头（{0}）对 {1} 的定义与规范保留的不同（Number={2}）"),
        new("of the header (ALT) has other fields than ID and a Description in quotation marks", "文件头（ALT）除 ID 和带引号的 Description 外还有其他字段"),
        new("of the header (ALT) has an ID that begins with none of {0}, or holds a blank", "文件头（ALT）的 ID 不以 {0} 开头，或含空格"),
        new("of the header (SAMPLE) has quotation marks in another field than the Description", "文件头（SAMPLE）在 Description 以外的字段中有引号"),
        new("of the header (PEDIGREE) has a name with something else than letters, digits, _, - and dots", "文件头（PEDIGREE）的名称含字母、数字、_、- 和点号以外的字符"),
        new("of the header (META) has a wrong Number or Type, or Values without square brackets", "文件头（META）的 Number 或 Type 有误，或 Values 没有方括号"),
        new("of the header ({0}) has no ID, or one with blanks or signs that are not allowed", "文件头（{0}）没有 ID，或其含空格或不允许的字符"),
        new("of the header ({0}) does not have the fields {1} in this order", "文件头（{0}）的字段不是按 {1} 的顺序"),
        new("of the header ({0}) {1}", "文件头（{0}）不符合规范：{1}"),
        new("has a CHROM with signs that are not allowed", "CHROM 含不允许的字符"),
        new("has a REF with other letters than A, C, G, T and N", "REF 含 A、C、G、T、N 以外的字母"),
        new("has an ALT with other letters than A, C, G, T and N", "ALT 含 A、C、G、T、N 以外的字母"),
        new("has an ID that is empty or holds a blank", "ID 为空或含空格"),
        new("has the same ID twice", "同一 ID 出现两次"),
        new("has a negative QUAL", "QUAL 为负"),
        new("has a FILTER that is empty, a dot among others, 0, or holds a blank", "FILTER 为空、与其他值并列的点号、0 或含空格"),
        new("has the same FILTER twice", "同一 FILTER 出现两次"),
    ];
}
