using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune.Reports.Wording.Given;

/// <summary>Signs of leaks, and the leakage certificate.</summary>
internal static class LeakPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("'{0}' alone tells the target almost without error, so it is most likely the target written differently, and a model would learn nothing else.", "仅凭“{0}”即可几乎无误地得知结局，它很可能就是结局的另一种写法，模型将学不到别的东西。", FindingCodes.LeakTargetCopy),
        new("'{0}' speaks of {1}, and alone tells the target with an AUROC of {2}, so a model would use what nobody knows when it is asked.", "“{0}”涉及{1*}，仅凭它预测结局的 AUROC 即达 {2}，模型将利用预测时无人知晓的信息。", FindingCodes.LeakAfterTheFact),
        new("'{0}' speaks of {1}, though it tells little of the target (AUROC {2}).", "“{0}”涉及{1*}，但与结局关系不大（AUROC {2}）。", FindingCodes.LeakAfterTheFact),
        new("'{0}' {1}, and alone tells the target with an AUROC of {2}, so a model would repeat that verdict instead of making its own.", "“{0}”{1*}，仅凭它预测结局的 AUROC 即达 {2}，模型将照搬该结论而不作自己的判断。", FindingCodes.LeakSameOutcome),
        new("'{0}' alone tells the target with an AUROC of {1}, which a good measurement can reach and a leak too.", "仅凭“{0}”预测结局的 AUROC 即达 {1}，好的检测指标可以达到，数据泄漏也可以。", FindingCodes.LeakStrongColumn),
        new("'{0}' rises or falls with the rows, and the rows are sorted by the target (AUROC of the row number {1}), so the place in the file would stand for the outcome; it is no input, but the file's order says that the rows come from groups told apart by the outcome.", "“{0}”随记录顺序递增或递减，而记录按结局排序（行号的 AUROC 为 {1}），文件中的位置便等同于结局；它不是输入，但文件的顺序说明各组记录是按结局分开收集的。", FindingCodes.LeakRowNumber),
        new("'{0}' rises or falls with the rows, and the rows are sorted by the target (AUROC of the row number {1}), so the place in the file would stand for the outcome.", "“{0}”随记录顺序递增或递减，而记录按结局排序（行号的 AUROC 为 {1}），文件中的位置便等同于结局。", FindingCodes.LeakRowNumber),
        new("The order of the rows tells the target (AUROC of the row number {0}), though no input carries it.", "记录的顺序可以预示结局（行号的 AUROC 为 {0}），但没有输入变量包含它。", FindingCodes.RowOrder),
        new("The {0} rows of '{1}' [share the beginning of their names and] seem to be only {2} patients, so random splits would put the same patient on both sides and flatter every figure.", "“{1}”的 {0} 条记录名称开头相同，似乎只有 {2} 例患者；随机划分会使同一患者出现在两侧，使所有指标偏高。", FindingCodes.LeakPatients),
        new("The {0} rows of '{1}' seem to be only {2} patients, so random splits would put the same patient on both sides and flatter every figure.", "“{1}”的 {0} 条记录似乎只有 {2} 例患者；随机划分会使同一患者出现在两侧，使所有指标偏高。", FindingCodes.LeakPatients),
        new("how a stay in hospital ended, or how long it was", "住院的转归或住院时间"),
        new("what a treatment cost in the end", "治疗的最终费用"),
        new("what happened to the patient afterwards, or how long that was watched", "患者其后的转归或随访时间"),
        new("what happened afterwards in one of its levels", "某个水平中事后才发生的情况"),
        new("is another test's answer to the question that the target answers", "是另一项检查对同一问题的结论"),
        new("is a reader's verdict on the question that the target answers", "是阅片者对同一问题的结论"),
        new("bears the target's name", "与结局同名"),
        .. Certificate,
    ];

    private static ImmutableArray<GivenPhrase> Certificate =>
    [
        new("No sign of a leak was found in {0} columns and {1} rows.", "在 {0} 列、{1} 条记录中未发现数据泄漏迹象。"),
        new("{0} [sign of a leak was|signs of leaks were] found in {1} columns and {2} rows: {3}.", "在 {1} 列、{2} 条记录中发现 {0} 处数据泄漏迹象：{3*}。"),
        new("The checks see names, values and patterns only: whether a value was known when the prediction would be made is for a person who knows the data to say.", "这些检查只看名称、数值和规律；某个数值在预测时是否已知，须由了解数据的人判断。"),
        new("Columns whose name or values speak of what is known only afterwards: follow-up, death, discharge, length of stay, charges.", "名称或取值涉及事后才知道的内容的变量：随访、死亡、出院、住院时间、费用。"),
        new("Columns that measure the outcome itself another way: other tests' results, a reader's verdict, the target under another name.", "以另一种方式测量结局本身的变量：其他检查结果、阅片者结论、换名的结局。"),
        new("Columns that are the target written differently, or tell it almost without error.", "结局的另一种写法，或几乎无误地反映结局的变量。"),
        new("Columns that only number the rows, in files sorted by the target.", "在按结局排序的文件中仅为记录编号的变量。"),
        new("Patients with several rows that no --patient keeps on one side of every split.", "有多条记录、而未用 --patient 保证位于划分同一侧的患者。"),
        new("Columns that alone tell the classes apart better than clinical measurements usually do.", "单独区分各类别的能力超过一般临床指标的变量。"),
        new("An order of the rows that says something about the target.", "记录的顺序透露结局。"),
        new("Every row's patient is given ({0} patients), and no patient stands on two sides of a split.", "每条记录都标明了患者（{0} 例患者），没有患者出现在划分的两侧。"),
        new("Nothing was found.", "未发现。"),
        new("Found; it only warns.", "已发现；仅作警告。"),
        new("[Left|left] out with --drop: {0}; {1}", "以 --drop 排除：{0}；{1*}"),
        new("[Taken|taken] as it is with --accept: {0}; {1}", "以 --accept 照原样采用：{0}；{1*}"),
        new("[Not|not] answered yet: {0}; {1}", "尚未答复：{0}；{1*}"),
        new("[Only|only] a warning: {0}; {1}", "仅作警告：{0}；{1*}"),
        new("[Left|left] out with --drop: {0}.", "以 --drop 排除：{0}。"),
        new("[Taken|taken] as it is with --accept: {0}.", "以 --accept 照原样采用：{0}。"),
        new("[Not|not] answered yet: {0}.", "尚未答复：{0}。"),
        new("[Only|only] a warning: {0}.", "仅作警告：{0}。"),
    ];
}
