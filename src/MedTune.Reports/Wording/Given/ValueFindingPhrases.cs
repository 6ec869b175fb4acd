using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune.Reports.Wording.Given;

/// <summary>Findings about the values of a column.</summary>
internal static class ValueFindingPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("{0} [cell|cells] of '{1}' [says|say] that the value is not known: {2}.", "“{1}”的 {0} 个单元格表示数值未知：{2}。", FindingCodes.MissingMarker),
        new("{0} [cell|cells] of '{1}' [holds|hold] {2} among numbers or dates.", "“{1}”的 {0} 个单元格在数字或日期中夹有 {2}。", FindingCodes.MissingMarker),
        new("{0} [cell|cells] of '{1}' [holds|hold] {2} beside other texts.", "“{1}”的 {0} 个单元格在其他文字之外为 {2}。", FindingCodes.PossibleMissingMarker),
        new("{0} [cell|cells] of '{1}' carry the unit '{2}'.", "“{1}”的 {0} 个单元格带有单位“{2}”。", FindingCodes.Unit),
        new("'{0}' holds numbers with different units.", "“{0}”中的数字带有不同单位。", FindingCodes.MixedUnits),
        new("{0} [cell|cells] of '{1}' have thousands separators.", "“{1}”的 {0} 个单元格含千位分隔符。", FindingCodes.NumberFormat),
        new("{0} [cell|cells] of '{1}' use another decimal mark than the rest of the table.", "“{1}”的 {0} 个单元格所用小数点与表中其余部分不同。", FindingCodes.NumberFormat),
        new("{0} [cell|cells] of '{1}' lie beyond a measuring limit (< or >).", "“{1}”的 {0} 个单元格超出检测限（< 或 >）。", FindingCodes.BeyondLimit),
        new("{0} [cell|cells] of '{1}' [is no number|are no numbers], the other {2} are.", "“{1}”的 {0} 个单元格不是数字，其余 {2} 个是。", FindingCodes.NotANumber),
        new("'{0}' has {1} levels in {2} rows.", "“{0}”在 {2} 条记录中有 {1} 个水平。", FindingCodes.ManyLevels),
        new("'{0}' holds {1} distinct whole numbers, which may be codes of categories.", "“{0}”只有 {1} 个不同的整数，可能是类别编码。", FindingCodes.LooksCoded),
        new("'{0}' is 0 in all {1} known rows, which {2} cannot be.", "“{0}”在全部 {1} 条已知记录中均为 0，而{2*}不可能如此。", FindingCodes.ImpossibleZeros),
        new("{0} [cell|cells] of '{1}' [is|are] 0, which {2} cannot be, and no other value is near 0.", "“{1}”有 {0} 个单元格为 0，而{2*}不可能如此，且其他数值均不接近 0。", FindingCodes.ImpossibleZeros),
        new("{0} [cell|cells] of '{1}' [is|are] 0, far from all other values.", "“{1}”有 {0} 个单元格为 0，与其他所有数值相距甚远。", FindingCodes.ImpossibleZeros),
        new("{0} [cell|cells] of '{1}' [holds|hold] what {2} cannot be ({3}).", "“{1}”有 {0} 个单元格的值对{2*}而言不可能（{3*}）。", FindingCodes.ImpossibleValues),
        new("below {0}", "低于 {0}"),
        new("above {0}", "高于 {0}"),
        new("outside {0} to {1}", "超出 {0}～{1}"),
        new("'{0}' has two clusters of values about {1} times apart, as {2} are.", "“{0}”的数值聚成两群，相差约 {1} 倍，恰如{2*}之差。", FindingCodes.UnitSuspicion),
        new("pounds and kilograms", "磅与千克"),
        new("centimeters and inches", "厘米与英寸"),
        new("g/L and g/dL, or a lost decimal mark", "g/L 与 g/dL，或丢失了小数点"),
        new("umol/L and mg/dL of bilirubin", "胆红素的 umol/L 与 mg/dL"),
        new("mg/dL and mmol/L of glucose", "血糖的 mg/dL 与 mmol/L"),
        new("mg/dL and mmol/L of cholesterol", "胆固醇的 mg/dL 与 mmol/L"),
        new("umol/L and mg/dL of creatinine", "肌酐的 umol/L 与 mg/dL"),
        new("centimeters and meters, or percent and shares", "厘米与米，或百分数与比例"),
        new("units with and without the prefix milli or kilo", "带与不带“毫”或“千”的单位"),
        new("{0} of the {1} levels of '{2}' [has|have] fewer than {3} rows each ({4} in all).", "“{2}”的 {1} 个水平中有 {0} 个各不足 {3} 条记录（共 {4} 条）。", FindingCodes.RareCategories),
        new("In {0} of the {1} levels of '{2}' ({3} rows) the target is the same in every row, which chance alone hardly does.", "“{2}”的 {1} 个水平中有 {0} 个（{3} 条记录）结局完全相同，难以仅用偶然解释。", FindingCodes.OneSidedLevels),
        new("In {0} of the {1} levels of '{2}' ({3} rows) a class of the target is absent, which chance alone hardly does.", "“{2}”的 {1} 个水平中有 {0} 个（{3} 条记录）缺少某一结局类别，难以仅用偶然解释。", FindingCodes.OneSidedLevels),
        new("'{0}' holds {1} dates with the day first, {2} with the month first, and {3} that can be either.", "“{0}”中有 {1} 个日期日在前，{2} 个月在前，{3} 个两者皆可。", FindingCodes.MixedDates),
        new("'{0}' holds dates in {1} forms.", "“{0}”中的日期有 {1} 种写法。", FindingCodes.MixedDates),
        new("'{0}' holds {1} dates and {2} texts that are none.", "“{0}”中有 {1} 个日期和 {2} 个非日期文字。", FindingCodes.MixedDates),
        new("{0} [date|dates] of '{1}' [lies|lie] in the future.", "“{1}”有 {0} 个日期在未来。", FindingCodes.FutureDates),
        new("'{0}' lies after '{1}' in {2} of {3} rows that have both dates.", "在同时有两个日期的 {3} 条记录中，有 {2} 条的“{0}”晚于“{1}”。", FindingCodes.DatesAfterOutcome),
        new("'{0}' seems to say where a row comes from.", "“{0}”似乎标明记录的来源。", FindingCodes.SiteColumn),
        new("'{0}' seems to hold calendar years, which a model cannot carry into the future.", "“{0}”似为年份，模型无法把它用于未来。", FindingCodes.TimeColumn),
        .. Measurements,
    ];

    /// <summary>What a column measures, as its name says.</summary>
    private static ImmutableArray<GivenPhrase> Measurements =>
    [
        new("an age", "年龄"),
        new("a systolic blood pressure", "收缩压"),
        new("a diastolic blood pressure", "舒张压"),
        new("a blood pressure", "血压"),
        new("a heart rate", "心率"),
        new("a breathing rate", "呼吸频率"),
        new("a body temperature", "体温"),
        new("a saturation in percent", "血氧饱和度（百分数）"),
        new("a cholesterol", "胆固醇"),
        new("a glucose", "血糖"),
        new("a body mass index", "体重指数"),
        new("a height", "身高"),
        new("a weight", "体重"),
        new("a hemoglobin", "血红蛋白"),
        new("a hematocrit in percent", "血细胞比容（百分数）"),
        new("a sodium", "血钠"),
        new("a potassium", "血钾"),
        new("an albumin", "白蛋白"),
        new("a creatinine", "肌酐"),
        new("a bilirubin", "胆红素"),
        new("a platelet count", "血小板计数"),
        new("a pH", "pH 值"),
        new("a percentage", "百分数"),
        new("a count", "计数"),
    ];
}
