using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What the model is, looks at and was made from.</summary>
internal static class ModelMapping
{
    public const string AsIs = "as is";
    public const string NewIntercept = "new intercept";
    public const string ShrunkRefit = "shrunk refit";

    /// <summary>The model of a run.</summary>
    public static ModelContent Of(Run run, RowNoun rows, ReportWords words)
    {
        var content = Of(run.Model, words);
        var chosen = run.Candidates.FirstOrDefault(candidate => candidate.IsChosen);
        string setting = chosen is null ? "" : chosen.Shares.IsEmpty ? words.Given(chosen.Setting) : Members(run, chosen, words);
        return content with
        {
            Description = Description(run.Model.Manifest, run.Model.Manifest.Parent is null ? setting : "", rows, words)
                + (chosen is { Shares.IsEmpty: false }
                    ? words.Of(
                        $" The shares were found on {RowNoun.Of(run.Data.Genes).Many} that no member was fitted to.",
                        $"各份额由所有成员均未拟合过的{words.Noun(RowNoun.Of(run.Data.Genes).Many)}求得。")
                    : ""),
            Lineage = content.Lineage is { } lineage ? lineage with { Tried = CandidateMapping.Of(run, words) } : null,
        };
    }

    /// <summary>A model at hand.</summary>
    public static ModelContent Of(ModelFile model, ReportWords words) => new()
    {
        Description = Description(model.Manifest, "", model.Manifest.Genes is { } genes ? RowNoun.Of(genes.Form) : RowNoun.Case, words),
        Effects = model.Manifest.Genes is null ? EffectMapping.Of(model, words) : [],
        Lineage = model.Manifest.Parent is { } parent ? Lineage(parent, model.Manifest, words) : null,
    };

    /// <summary>What a stack is made of, each member with its setting and its share.</summary>
    private static string Members(Run run, CandidateResult stack, ReportWords words)
    {
        var members = stack.Shares.Select(share =>
            $"{words.Given(share.Key)}{words.InBrackets(words.Given(run.Candidates.FirstOrDefault(candidate => candidate.Name == share.Key)?.Setting ?? ""))} {NumberText.Percent(share.Value)}");
        string list = string.Join(words.Comma, members);
        return words.Of($"the weighted mean of the log-odds of {list}", $"为以下各模型对数优势的加权平均：{list}");
    }

    private static string Description(Manifest manifest, string setting, RowNoun rows, ReportWords words)
    {
        string kind = ChartWords.Sentence(words.Given(manifest.ModelKind)) + (setting.Length > 0 ? words.Of($", {setting}", $"，{setting}") : "");
        string counted = rows.Count(manifest.TrainingSamples, words);
        string fitted = manifest.Parent is { Adaptation: AsIs }
            ? words.Of($", taken over unchanged; only its threshold was chosen anew, on {counted}.", $"，原样沿用；只用 {counted}重新选定阈值。")
            : words.Of($", fitted to {counted}.", $"，用 {counted}拟合。");
        return kind + fitted + (manifest.Calibration == "none" ? "" : words.Space + MethodMapping.Calibration(manifest, words));
    }

    private static LineageContent Lineage(ManifestParent parent, Manifest manifest, ReportWords words)
    {
        string adaptation = manifest.Parent!.Adaptation switch
        {
            AsIs => words.Of(
                "Nothing in it was changed but the decision threshold.",
                "除决策阈值外未作任何改动。"),
            NewIntercept => words.Of(
                "Its intercept was fitted anew, which moves all risks up or down together; everything else is as it was.",
                "重新拟合了截距，使所有风险一起升高或降低；其余照旧。"),
            "intercept and slope" => words.Of(
                "Its intercept and the spread of its risks were fitted anew; the order in which it puts people is as it was.",
                "重新拟合了截距和风险的离散程度；对人的排序照旧。"),
            ShrunkRefit => words.Of(
                "All its weights were fitted anew, held back towards their old values; its preprocessing and calibration are as they were.",
                "重新拟合了全部权重，并向原值收缩；预处理和校准照旧。"),
            "last layer" => words.Of(
                "The weights of its last layer were fitted anew, held back towards their old values; all layers before are as they were.",
                "重新拟合了最后一层的权重，并向原值收缩；之前各层照旧。"),
            "all layers" => words.Of(
                "All its layers were trained on from where they were, by small steps, until samples kept aside no longer gained.",
                "全部层从原处以小步继续训练，直到预留样本不再改善。"),
            "leaves refitted" => words.Of(
                "Its trees ask the same questions; each leaf got a correction, held back towards none.",
                "各树的提问不变；每个叶节点加一修正，并向零收缩。"),
            "boosting continued" => words.Of(
                "It is as it was, with further small trees that correct it for the new data.",
                "模型照旧，另加一些小树针对新数据作修正。"),
            "mixture" => words.Of(
                "It is one part of a weighted mean, with adapted copies of it and models trained on the new data alone; the weights come from inner validation.",
                "它是加权平均的一部分，其余为它的调整版本和只用新数据训练的模型；权重来自内层验证。"),
            var other => words.Of($"It was only compared with: the model is {other}.", $"只用于比较：所用模型为{words.Given(other)}。"),
        };
        var ancestors = new List<string>();
        for (var each = parent.Parent; each is not null; each = each.Parent)
        {
            string digest = each.Digest[..Math.Min(12, each.Digest.Length)];
            ancestors.Add(words.Of($"{Named(each, words)}, sha256 {digest}", $"{Named(each, words)}（sha256 {digest}）"));
        }

        string earlier = ancestors.Count == 0 ? "" : words.Of(
            $" The source model was itself made from {string.Join(", which was made from ", ancestors)}.",
            $"源模型本身由{string.Join("微调而来，后者由", ancestors)}微调而来。");
        string target = string.Equals(parent.Target, manifest.Target, StringComparison.Ordinal) ? "" : words.Of($" Its own target was {parent.Target}.", $"其自身的结局为“{parent.Target}”。");
        return new LineageContent(Named(parent, words), parent.Digest)
        {
            IsUnchanged = parent.Adaptation == AsIs,
            ParentDescription = adaptation + target + earlier,
        };
    }

    private static string Named(ManifestParent parent, ReportWords words) => words.Of(
        $"a {parent.ModelKind} made with {NumberText.Count(parent.TrainingSamples)} rows of other data",
        $"用另外 {NumberText.Count(parent.TrainingSamples)} 条记录建立的{words.Given(parent.ModelKind)}");
}
