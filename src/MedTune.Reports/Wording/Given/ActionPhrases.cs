using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>What was done about findings.</summary>
internal static class ActionPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("Left it out.", "已排除。"),
        new("Used for splitting only.", "仅用于划分数据。"),
        new("No feature: a model that knows the site does not move to another.", "不作为输入：知道中心的模型无法移到另一中心。"),
        new("Left it out; if time matters, give a length of time as a number.", "已排除；如时间有意义，请以数字给出时间长度。"),
        new("Left it out; if it is a category, add --categorical '{0}'; if it says who the patient is, add --patient '{1}'.", "已排除；如为类别，请加 --categorical '{0}'；如标明患者，请加 --patient '{1}'。"),
        new("Left it out; if an empty cell means no, write no into it.", "已排除；如空单元格表示“否”，请填入 no。"),
        new("Kept as missing; filled in inside the training folds, with a flag that says so.", "作为缺失保留；在训练折内填补，并加缺失标记。"),
        new("Nothing; check the spelling.", "未作处理；请检查拼写。"),
        new("Taken as missing, as named with --missing.", "按 --missing 的指定作为缺失。"),
        new("Took the whole text of these rows as the patient.", "这些记录以全文作为患者标识。"),
        new("Took each of them as a patient of its own.", "每条各视为一例患者。"),
        new("Kept; they belong to no site.", "保留；它们不属于任何中心。"),
        new("Put all rows of a patient on one side of every split.", "每次划分时同一患者的所有记录位于同一侧。"),
        new("Left them out, as asked.", "按要求排除。"),
        new("Kept, since equal rows can be different patients, and put on one side of every split; --accept duplicates=drop leaves them out.", "保留（相同的记录可能是不同患者），并在每次划分时置于同一侧；用 --accept duplicates=drop 可排除。"),
        new("Kept; no model can tell them apart.", "保留；任何模型都无法区分它们。"),
        new("Read as {0}. Check that names and categories look right; if not, name the right one with --encoding.", "按 {0} 读取。请核对名称和类别是否正确；如不正确，请用 --encoding 指定。"),
        new("Read the comma as the decimal mark; --decimal point says otherwise.", "以逗号作小数点读取；如不是，请用 --decimal point。"),
        new("Passed over; row numbers do not count them.", "已跳过；行号不计入。"),
        new("Kept the quote as text; check that the fields around it are right.", "引号作为文字保留；请核对其前后的字段。"),
        new("Removed them.", "已去除。"),
        new("Kept as they are; correct them in the source if the column matters.", "照原样保留；如该列重要，请在源数据中更正。"),
        new("These [rows] are neither trained on nor predicted.", "这些记录既不用于训练，也不作预测。"),
        new("These [pictures] are neither trained on nor predicted.", "这些图像既不用于训练，也不作预测。"),
        new("They are not predicted, and no fold trains on them; the final model is fitted on all [rows].", "不对它们作预测，任何折也不用其训练；最终模型用全部记录拟合。"),
        new("They are not predicted, and no fold trains on them; the final model is fitted on all [pictures].", "不对它们作预测，任何折也不用其训练；最终模型用全部图像拟合。"),
        new("Followed the file; the figures are too good, because the model has met these patients.", "按文件执行；因模型已见过这些患者，指标偏高。"),
        new("Followed the file; the figures can be a little too good.", "按文件执行；指标可能略偏高。"),
        new("Judged all the same; if they are the same patients, the figures are too good: take them out of one of the two files.", "仍照常评价；如为同一患者，则指标偏高：请从其中一个文件中移除。"),
        new("Predicts the probability of '{0}'.", "预测“{0}”的概率。"),
        new("Predicts the probability of each class.", "预测各类别的概率。"),
        new("If it is the other one, add --positive '{0}'.", "如应为另一类别，请加 --positive '{0}'。"),
        new("Left these rows out.", "这些记录已排除。"),
        new("Kept; figures about this class will be very uncertain.", "保留；该类别的指标会很不确定。"),
        new("Left these rows out: the rule compares numbers.", "这些记录已排除：规则比较的是数字。"),
        new("Kept as a value; if it means that the target is not known, name it with --missing.", "作为一个值保留；如表示结局未知，请用 --missing 指定。"),
        .. Values,
        .. Leaks,
        .. Pictures,
    ];

    private static ImmutableArray<GivenPhrase> Values =>
    [
        new("Taken as missing.", "作为缺失。"),
        new("Taken as missing; if it stands for a value, such as negative or none, write that value.", "作为缺失；如它代表某个值（如阴性或无），请写出该值。"),
        new("Kept as a value; if it means that the value is not known, add --missing '{0}'.", "作为一个值保留；如表示数值未知，请加 --missing '{0}'。"),
        new("Read the number and set the unit aside.", "读取数字，单位另存。"),
        new("Taken as text, which says little: convert the column to one unit.", "作为文字处理，信息有限：请统一为一种单位。"),
        new("Removed them; check that the marks are no decimal marks.", "已去除；请确认它们不是小数点。"),
        new("Read it as a decimal mark.", "作为小数点读取。"),
        new("Took the limit as the value.", "以检测限作为数值。"),
        new("Taken as missing; correct them, or add --categorical '{0}'.", "作为缺失；请更正，或加 --categorical '{0}'。"),
        new("Kept; levels with few rows say little by themselves.", "保留；记录少的水平本身信息有限。"),
        new("The default plan takes them as codes, each with a weight of its own; where they are amounts, say number in plan.json.", "默认计划视其为编码，每个编码有各自的权重；如为数量，请在 plan.json 中写 number。"),
        new("It says nothing here; the zeros most likely mean that it was not measured.", "在此不含信息；0 很可能表示未测量。"),
        new("Kept as 0; most likely it means that it was not measured: leave these cells empty.", "按 0 保留；很可能表示未测量：请将这些单元格留空。"),
        new("Kept as 0; if it means that it was not measured, leave these cells empty.", "按 0 保留；如表示未测量，请将这些单元格留空。"),
        new("Kept as they are; correct these cells, or leave them empty.", "照原样保留；请更正这些单元格，或留空。"),
        new("Kept as they are; check whether part of the rows is in another unit, and convert them.", "照原样保留；请核对部分记录是否用了另一单位，并换算。"),
        new("Kept; what a model says of such rows rests on very few patients.", "保留；模型对这类记录的判断只依据极少数患者。"),
        new("Kept; a model will be nearly certain of such patients: make sure that the outcome was looked for in them as in all others.", "保留；模型对这类患者会近乎确定：请确认对他们与对其他患者同样查找了结局。"),
        new("No input; before a length of time is made of them, write all dates as year-month-day.", "不作为输入；如要换算为时间长度，请先把所有日期写成年-月-日。"),
        new("Taken as text; write all as year-month-day, or leave the column out.", "作为文字处理；请全部写成年-月-日，或排除该列。"),
        new("No input; correct them: the rows may be damaged in other columns too.", "不作为输入；请更正：这些记录的其他列也可能有误。"),
        new("No input; what was measured then is known only afterwards: take values from before the outcome, or correct the dates.", "不作为输入；当时测量的内容事后才知道：请取结局之前的值，或更正日期。"),
        new("Kept as an input; --site '{0}' takes it out and tests the model across sites.", "作为输入保留；--site '{0}' 可将其移出，并跨中心检验模型。"),
        new("Kept as an input; leave it out with --drop '{0}' unless the year itself matters.", "作为输入保留；除非年份本身有意义，请用 --drop '{0}' 排除。"),
    ];

    private static ImmutableArray<GivenPhrase> Leaks =>
    [
        new("Kept; if it is not known at the moment of prediction, leave it out with --drop '{0}'.", "保留；如预测时尚不知道，请用 --drop '{0}' 排除。"),
        new("Answer with --drop '{0}' to leave it out, or with --accept '{1}' [if] it is known before the prediction is made.", "请用 --drop '{0}' 排除，或在预测前已知时用 --accept '{1}' 接受。"),
        new("Answer with --drop '{0}' to leave it out, or with --accept '{1}' [if] the order of the file is as it should be.", "请用 --drop '{0}' 排除，或在文件顺序正常时用 --accept '{1}' 接受。"),
        new("Answer with {0} to keep every patient on one side, or with --accept {1} if each row is another patient.", "请用 {0} 使每例患者位于同一侧，或在每条记录为不同患者时用 --accept {1} 接受。"),
        new("Splits are drawn at random, so no figure rests on it; ask whether the groups of rows were collected in the same way.", "划分是随机的，指标不依赖于它；请核实各组记录的收集方式是否相同。"),
        new("Kept; if these are the same patients again, name the patients with --patient so that they stay on one side of every split.", "保留；如为重复的同一患者，请用 --patient 指明患者，使其在每次划分时位于同一侧。"),
    ];

    private static ImmutableArray<GivenPhrase> Pictures =>
    [
        new("Passed over.", "已跳过。"),
        new("[It was|They were] left out.", "已排除。"),
        new("They were passed over.", "已忽略。"),
        new("Taken as absent in all of them; see that it is not called otherwise here.", "视为所有图像均无此征象；请确认它在此处没有别的名称。"),
        new("It was left out; the others are learned without it.", "已排除；其余征象照常学习。"),
        new("The folds were followed; those parts were not.", "按分折文件执行；未采用数据自带的划分。"),
        new("Where what matters is small in the pictures, train again with --small-objects, or with a larger --side.", "如关键之处在图像中很小，请用 --small-objects 或更大的 --side 重新训练。"),
        new("'medtune inspect' names them: take them out, label each picture in a manifest, or learn from all with --accept {0}.", "“medtune inspect”会列出它们：请移除，或在清单中逐幅标注，或用 --accept {0} 全部用于学习。"),
        new("Kept; see that the label holds for the pictures of every series.", "保留；请确认标签对每个序列的图像都成立。"),
        new("Read as pseudonyms under a key; the pictures of a patient stay on one side of every split.", "以密钥化名读取；同一患者的图像在每次划分时位于同一侧。"),
        new("All pictures count as one patient's; say --patient StudyInstanceUID where every study is of another one.", "所有图像视为同一患者；如每次检查属于不同患者，请用 --patient StudyInstanceUID。"),
        new("The middle third of each, unless a column slice says which; all slices of a volume are one patient's.", "取每个容积的中间三分之一，除非 slice 列另有指定；同一容积的所有切片属于同一患者。"),
        new("Slices were taken across the third axis and left as they lie; look, and take out what is of another plane.", "沿第三轴取切片并保持原方向；请查看并移除其他平面的切片。"),
        new("Put each patient into one part; or drop the column split, and patients are kept together.", "请将每例患者归入一个部分；或删除 split 列，使同一患者的图像保持在一起。"),
        new("Kept; look, and take out what does not belong.", "保留；请查看并移除不相干的图像。"),
        new("Kept; look, and mask what is written there.", "保留；请查看并遮盖其中的文字。"),
        new("Both are kept on one side of every split.", "两者在每次划分时均位于同一侧。"),
        new("Kept; read them again.", "保留；请复阅。"),
        new("Those for training were left out, so that nothing is tested on what was learned.", "其中的训练图像已排除，以免用学过的内容进行测试。"),
        new("Kept; see that the classes were acquired alike, crop or mask what gives them away, and judge the model at another site.", "保留；请确认各类别的采集方式相同，裁剪或遮盖泄露类别的部分，并在另一中心评价模型。"),
    ];
}
