using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>How intervals were computed, and why there are none.</summary>
internal static class IntervalPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("{0} % interval, DeLong variance, logit scale", "{0}% 置信区间，DeLong 方差，logit 尺度"),
        new("{0} % interval, DeLong components summed by patient, logit scale", "{0}% 置信区间，DeLong 分量按患者汇总，logit 尺度"),
        new("{0} % interval, DeLong components, logit scale", "{0}% 置信区间，DeLong 分量，logit 尺度"),
        new("{0} % interval, paired DeLong variance", "{0}% 置信区间，配对 DeLong 方差"),
        new("{0} % Clopper-Pearson interval", "{0}% Clopper-Pearson 置信区间"),
        new("{0} of the observed share over the mean prediction", "{0*}（对观察比例），除以平均预测"),
        new("{0} % Wilson score interval", "{0}% Wilson 得分置信区间"),
        new("{0} % Wilson indirect interval", "{0}% Wilson 间接置信区间"),
        new("{0} % interval recovered from {1} Wilson intervals", "{0}% 置信区间，由 {1} 个 Wilson 区间合成"),
        new("{0} % Newcombe interval (method 5), as DeLong's variance is 0 or undefined here", "{0}% Newcombe 置信区间（方法 5），因 DeLong 方差在此为 0 或无定义"),
        new("{0} % Newcombe interval (method 5) on the number of patients", "{0}% Newcombe 置信区间（方法 5），按患者数计"),
        new("{0} % t interval over {1} folds, Nadeau-Bengio variance, {2} folds with one class left out", "{0}% t 置信区间，{1} 折，Nadeau-Bengio 方差，另有 {2} 折只含一个类别而未计"),
        new("{0} % t interval over {1} folds, Nadeau-Bengio variance", "{0}% t 置信区间，{1} 折，Nadeau-Bengio 方差"),
        new("{0} % t interval over rows", "{0}% t 置信区间，按记录计"),
        new("{0} % interval on the log scale", "{0}% 置信区间，对数尺度"),
        new("{0} % Wald interval", "{0}% Wald 置信区间"),
        new("{0} % percentile interval, {1}, {2} resamples, {3} of them undefined and left out", "{0}% 百分位数置信区间，{1*}，重抽样 {2} 次，其中 {3} 次无定义未计"),
        new("{0} % percentile interval, {1}, {2} resamples", "{0}% 百分位数置信区间，{1*}，重抽样 {2} 次"),
        new("patient bootstrap", "按患者自助法"),
        new("bootstrap", "自助法"),
        new("{0} % Hartung-Knapp interval over {1} sites, REML", "{0}% Hartung-Knapp 置信区间，{1} 个中心，REML"),
        new("no interval: the figure is undefined in {0} of {1} bootstrap resamples", "无置信区间：{1} 次自助重抽样中有 {0} 次该指标无定义"),
        new("no interval: every bootstrap resample gave the same figure", "无置信区间：每次自助重抽样的结果都相同"),
        new("no interval: it needs at least two folds", "无置信区间：至少需要两折"),
        new("no interval: every fold has the same value", "无置信区间：各折数值相同"),
        new("no interval: it needs at least two rows", "无置信区间：至少需要两条记录"),
        new("no interval: every row has the same value", "无置信区间：各记录数值相同"),
        new("no interval: DeLong's variance is 0, as the classes are separated perfectly or not at all", "无置信区间：DeLong 方差为 0，因各类别完全可分或完全不可分"),
        new("no interval: DeLong's variance of the difference is 0", "无置信区间：差值的 DeLong 方差为 0"),
        new("no interval: a cell of the confusion matrix is empty", "无置信区间：混淆矩阵中有空格"),
        new("no interval: all rows were called alike", "无置信区间：所有记录的判定相同"),
        new("no interval: the figure is biased upwards in finite samples, so resampling would center on a wrong value", "无置信区间：该指标在有限样本中偏高，重抽样会以错误的值为中心"),
        new("no interval: it needs two rows of each class", "无置信区间：每个类别至少需要两条记录"),
        new("undefined: {0}", "无定义：{0*}"),
        new("all rows are of one class", "所有记录属于同一类别"),
        new("every predicted probability is 0", "所有预测概率均为 0"),
        new("no fold holds both classes", "没有一折同时含两个类别"),
        new("no row is positive and none was called positive", "没有阳性记录，也没有判为阳性的记录"),
        new("no row was called negative", "没有判为阴性的记录"),
        new("no row was called positive", "没有判为阳性的记录"),
        new("there are no negative rows", "没有阴性记录"),
        new("there are no positive rows", "没有阳性记录"),
        new("there are no rows of this class", "没有该类别的记录"),
        new("there are no rows", "没有记录"),
        new("no negative row was called negative, so the ratio is infinite", "没有阴性记录被判为阴性，比值为无穷大"),
        new("no negative row was called positive, so the ratio is infinite", "没有阴性记录被判为阳性，比值为无穷大"),
        new("only one class occurs", "只出现一个类别"),
        new("all predictions are equal, so no slope can be fitted", "所有预测相同，无法拟合斜率"),
        new("the predictions separate the classes completely, so the slope has no finite value", "预测将各类别完全分开，斜率没有有限值"),
    ];
}
