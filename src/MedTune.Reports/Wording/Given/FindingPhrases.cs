using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune.Reports.Wording.Given;

/// <summary>Findings about the table, its rows and the target.</summary>
internal static class FindingPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("The text is not in UTF-8; its bytes fit {0}.", "文件不是 UTF-8 编码；其字节符合 {0}。", FindingCodes.Encoding),
        new("Numbers are written with a decimal comma.", "数字以逗号作小数点。", FindingCodes.DecimalComma),
        new("{0} empty [line|lines].", "有 {0} 个空行。", FindingCodes.BlankLines),
        new("{0} [record has|records have] a quote inside a field that is not quoted properly.", "{0} 条记录的字段中引号使用不规范。", FindingCodes.StrayQuotes),
        new("{0} [cell has|cells have] spaces or tabs around the value.", "{0} 个单元格的值前后有空格或制表符。", FindingCodes.WhiteSpace),
        new("{0} [cell holds|cells hold] control characters or characters lost in an earlier conversion.", "{0} 个单元格含控制字符，或在以前的转码中丢失了字符。", FindingCodes.StrayCharacters),
        new("{0} of {1} cells of the features have no value: {2} and 1 more column.", "输入变量的 {1} 个单元格中有 {0} 个无值：{2}，另有 1 列。", FindingCodes.MissingValues),
        new("{0} of {1} cells of the features have no value: {2} and {3} more columns.", "输入变量的 {1} 个单元格中有 {0} 个无值：{2}，另有 {3} 列。", FindingCodes.MissingValues),
        new("{0} of {1} cells of the features have no value: {2}.", "输入变量的 {1} 个单元格中有 {0} 个无值：{2}。", FindingCodes.MissingValues),
        new("No cell is '{0}', which was named with --missing.", "没有单元格为“{0}”，而它已由 --missing 指定。", FindingCodes.UnusedMissingMarker),
        new("{0} cells are '{1}': {2} and 1 more column.", "{0} 个单元格为“{1}”：{2}，另有 1 列。", FindingCodes.MissingMarker),
        new("{0} cells are '{1}': {2} and {3} more columns.", "{0} 个单元格为“{1}”：{2}，另有 {3} 列。", FindingCodes.MissingMarker),
        new("{0} cells are '{1}': {2}.", "{0} 个单元格为“{1}”：{2}。", FindingCodes.MissingMarker),
        new("'{0}' was named with --drop.", "“{0}”已由 --drop 指定排除。", FindingCodes.ColumnDropped),
        new("'{0}' says who the patient is.", "“{0}”标明患者身份。", FindingCodes.ColumnLeftOut),
        new("'{0}' says where a row comes from.", "“{0}”标明记录的来源。", FindingCodes.ColumnLeftOut),
        new("'{0}' is no input of the model.", "“{0}”不是模型的输入。", FindingCodes.ColumnLeftOut),
        new("'{0}' holds dates.", "“{0}”为日期。", FindingCodes.ColumnLeftOut),
        new("'{0}' holds free text.", "“{0}”为自由文本。", FindingCodes.ColumnLeftOut),
        new("'{0}' looks like an identifier ({1}).", "“{0}”似为标识符（{1*}）。", FindingCodes.ColumnLeftOut),
        new("'{0}' has no value in any row.", "“{0}”在所有记录中均无值。", FindingCodes.ColumnLeftOut),
        new("'{0}' has one value in {1} rows and none in {2}.", "“{0}”在 {1} 条记录中为同一值，在 {2} 条中无值。", FindingCodes.ColumnLeftOut),
        new("'{0}' has the same value in every row.", "“{0}”在所有记录中取值相同。", FindingCodes.ColumnLeftOut),
        new("The pattern for patients does not match {0} rows of '{1}'.", "患者标识的模式与“{1}”的 {0} 条记录不符。", FindingCodes.PatientMissing),
        new("{0} rows do not say who the patient is.", "{0} 条记录未标明患者。", FindingCodes.PatientMissing),
        new("{0} rows do not say which site they come from.", "{0} 条记录未标明来自哪个中心。", FindingCodes.SiteMissing),
        new("{0} of {1} patients have several rows, up to {2}.", "{1} 例患者中有 {0} 例有多条记录，最多 {2} 条。", FindingCodes.RepeatedPatients),
        new("{0} [row equals|rows equal] [an earlier row] in all features and in the target.", "{0} 条记录的所有输入变量和结局均与前面某条记录相同。", FindingCodes.DuplicateRows),
        new("{0} rows equal another row in all features but have another target.", "{0} 条记录的所有输入变量与另一条记录相同，但结局不同。", FindingCodes.ContradictoryRows),
        new("{0} [row equals|rows equal] an earlier row in all features but one.", "{0} 条记录除一个变量外与前面某条记录完全相同。", FindingCodes.NearDuplicates),
        new("The target is '{0}' with {1} classes: {2}.", "结局为“{0}”，共 {1} 个类别：{2}。", FindingCodes.Target),
        new("The positive class is '{0}': {1}.", "阳性类别为“{0}”：{1*}。", FindingCodes.PositiveClass),
        new("1 of the codes 1 and 2", "编码 1 和 2 中的 1"),
        new("the other class is its negation", "另一类别是对它的否定"),
        new("its name says so", "其名称表明如此"),
        new("it has fewer rows, or comes last", "其记录较少，或排在最后"),
        new("it has fewer rows", "其记录较少"),
        new("{0} of {1} rows have no known target.", "{1} 条记录中有 {0} 条结局未知。", FindingCodes.TargetMissing),
        new("The class '{0}' has {1} [row|rows].", "类别“{0}”只有 {1} 条记录。", FindingCodes.RareClass),
        new("{0} rows have a target that is no plain number.", "{0} 条记录的结局不是单纯的数字。", FindingCodes.NotANumber),
        new("{0} rows have a target of '-' or the like.", "{0} 条记录的结局为“-”之类。", FindingCodes.PossibleMissingMarker),
        new("The fold file lists {0} [rows] that are not used ({1}).", "分折文件列出了 {0} 条未使用的记录（{1*}）。", FindingCodes.FoldsRowsLeftOut),
        new("The fold file lists {0} [pictures] that are not used ({1}).", "分折文件列出了 {0} 幅未使用的图像（{1*}）。", FindingCodes.FoldsRowsLeftOut),
        new("their target is not known, or they are duplicates left out", "结局未知，或为已排除的重复记录"),
        new("they cannot be read, show nothing or have no label", "无法读取、无内容或没有标签"),
        new("The fold file does not list {0} [rows].", "分折文件未列出 {0} 条记录。", FindingCodes.FoldsRowsNotListed),
        new("The fold file does not list {0} [pictures].", "分折文件未列出 {0} 幅图像。", FindingCodes.FoldsRowsNotListed),
        new("The fold file puts [rows] of {0} patients into different folds.", "分折文件把 {0} 例患者的记录分到了不同的折。", FindingCodes.FoldsSplitPatients),
        new("The fold file puts [pictures] of {0} patients into different folds.", "分折文件把 {0} 例患者的图像分到了不同的折。", FindingCodes.FoldsSplitPatients),
        new("The fold file puts equal [rows] into different folds ({0} [set|sets] of equal [rows]).", "分折文件把相同的记录分到了不同的折（{0} 组相同记录）。", FindingCodes.FoldsSplitDuplicates),
        new("The fold file puts equal [pictures] into different folds ({0} [set|sets] of equal [pictures]).", "分折文件把相同的图像分到了不同的折（{0} 组相同图像）。", FindingCodes.FoldsSplitDuplicates),
        new("{0} of the {1} rows of the test data equal a row of the training data in all features and the target.", "测试数据的 {1} 条记录中有 {0} 条的所有输入变量和结局与某条训练记录相同。", FindingCodes.TestRowsInTraining),
    ];
}
