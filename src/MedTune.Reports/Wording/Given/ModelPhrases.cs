using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>Kinds of models, their settings, and how answers were taken apart.</summary>
internal static class ModelPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("logistic regression", "逻辑回归"),
        new("gradient boosting", "梯度提升树"),
        new("random forest", "随机森林"),
        new("perceptron", "多层感知机"),
        new("stack", "堆叠模型"),
        new("mixture", "混合模型"),
        new("frozen network with a linear head", "冻结网络加线性分类头"),
        new("network trained from nothing", "从零训练的网络"),
        new("fine-tuned network", "微调网络"),
        new("frozen", "冻结网络"),
        new("fine-tuned", "微调"),
        new("as is", "原样采用"),
        new("new intercept", "新截距"),
        new("intercept and slope", "新截距与斜率"),
        new("shrunk refit", "收缩重拟合"),
        new("last layer", "最后一层"),
        new("all layers", "全部层"),
        new("leaves refitted", "叶节点修正"),
        new("boosting continued", "继续提升"),
        .. Genes,
        .. Settings,
        .. Explanations,
    ];

    private static ImmutableArray<GivenPhrase> Genes =>
    [
        new("k-mers", "k-mer 短序列"),
        new("letters by place", "逐位字母"),
        new("network", "神经网络"),
        new("pretrained network", "预训练神经网络"),
        new("{0} rounds", "{0} 轮"),
        new("{0} features, penalty {1}", "{0} 个变量，惩罚 {1}"),
        new("lasso share {0}, step {1} of {2}", "lasso 比例 {0}，第 {1} 步，共 {2} 步"),
        new("{0} networks: {1}, width {2}, {3} blocks, {4} epochs, {5}, mutation {6}, {7}", "{0} 个网络：{1*}，宽度 {2}，{3} 个块，{4} 轮，{5*}，突变率 {6}，{7*}"),
        new("convolutions", "卷积"),
        new("transformer", "Transformer"),
        new("no shift", "不平移"),
        new("shift up to {0}", "平移至多 {0} 位"),
        new("one strand", "单链"),
        new("both strands", "双链"),
        new("words of 3 to 6 letters, {0}", "3 至 6 个字母的词，{0*}"),
        new("words of 1 to 3 letters, {0}", "1 至 3 个字母的词，{0*}"),
        new("single letters, {0}", "单个字母，{0*}"),
        new("one strand, {0}", "单链，{0*}"),
        new("both strands as one, {0}", "两条链视为同一，{0*}"),
        new("left out: places are compared only in sequences of one length, of at most 5000 letters", "未采用：只有长度相同且不超过 5000 个字母的序列才能逐位比较"),
    ];

    private static ImmutableArray<GivenPhrase> Settings =>
    [
        new("learning rate {0}, stopped early", "学习率 {0}，早停"),
        new("corrections of about {0} in log-odds", "修正约 {0}（对数优势）"),
        new("leaves of at least {0}", "叶节点至少 {0} 条"),
        new("best of {0} epochs: {1}", "{0} 轮中最佳：第 {1} 轮"),
        new("penalty {0}, logarithms", "惩罚 {0}，取对数"),
        new("penalties from {0} to {1}, one for each finding", "惩罚由 {0} 到 {1}，每个征象一个"),
        new("soup of {0} of {1} trials", "{1} 次试验中 {0} 次的权重平均"),
        new("rate {0}, decay {1}, smoothing {2}, mixup {3}, first block's rate {4}, pull to the start {5}, {6}; {7}", "学习率 {0}，权重衰减 {1}，标签平滑 {2}，mixup {3}，首块学习率比 {4}，向初始权重的拉力 {5}，{6*}；{7*}"),
        new("cross-entropy", "交叉熵"),
        new("focal", "focal 损失"),
        new("ldam", "LDAM 损失"),
        new("{0}, hard examples more often", "{0*}，难例更常出现"),

        // Settings drawn by lot are lists of names with their values.
        new("depth {0}, {1}", "深度 {0}，{1*}"),
        new("learning rate {0}, {1}", "学习率 {0}，{1*}"),
        new("child weight {0}, {1}", "子节点权重 {0}，{1*}"),
        new("ridge {0}, {1}", "岭惩罚 {0}，{1*}"),
        new("row share {0}, {1}", "记录抽样 {0}，{1*}"),
        new("penalty {0}, {1}", "惩罚 {0}，{1*}"),
        new("leaf samples {0}, {1}", "叶节点记录 {0}，{1*}"),
        new("trees {0}, {1}", "树 {0} 棵，{1*}"),
        new("trees {0}", "树 {0} 棵"),
        new("split share {0}", "分裂候选变量比例 {0}"),
        new("hidden units {0}, {1}", "隐藏单元 {0}，{1*}"),
        new("depth {0}", "深度 {0}"),
        new("learning rate {0}", "学习率 {0}"),
        new("row share {0}", "记录抽样 {0}"),
        new("feature share {0}", "变量抽样 {0}"),
        new("leaf samples {0}", "叶节点记录 {0}"),
        new("weight decay {0}", "权重衰减 {0}"),
        new("logarithms {0}", "取对数 {0}"),
        new("hidden units {0} and {1}", "隐藏单元 {0} 与 {1}"),
        new("hidden units {0}", "隐藏单元 {0}"),
        new("penalty {0}", "惩罚 {0}"),
        new("shrinkage {0}", "收缩 {0}"),
        new("epoch {0}", "第 {0} 轮"),
    ];

    private static ImmutableArray<GivenPhrase> Explanations =>
    [
        new("Shapley values over {0} orders of the columns, against the typical training patient (medians and most frequent levels)", "以典型训练患者（中位数及最常见水平）为参照、对变量的 {0} 种排列取平均的 Shapley 值"),
        new("exact: weight times the distance from the mean training patient, summed to the raw column", "精确：权重乘以与训练患者均值之差，按原始变量合计"),
        new("exact: {0}, and for the linear part of the model {1}", "精确：{0*}；模型的线性部分为{1*}"),
        new("exact: {0}", "精确：{0*}"),
        new("exact {0}", "精确的{0*}"),
        new("Shapley values of the trees (path-dependent, Lundberg and others, 2020), against the mean over the training patients each tree was grown from", "树模型的 Shapley 值（路径依赖，Lundberg 等，2020），以每棵树所用训练患者的均值为参照"),
        new("the change from the typical training patient (medians and most frequent levels), column by column", "逐个变量相对于典型训练患者（中位数及最常见水平）的变化"),
        new("left out: {0}", "未比较：{0*}"),
        new("{0} of {1} folds were judged out of fold", "{1} 折中有 {0} 折完成折外评价"),
        new("robustness was not measured", "未测量稳健性"),
        new("robustness was measured on {0} pictures", "稳健性只在 {0} 幅图像上测量"),
    ];
}
