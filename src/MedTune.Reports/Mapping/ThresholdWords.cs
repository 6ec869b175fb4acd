using MedTune.Evaluation;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>Threshold rules in words.</summary>
internal static class ThresholdWords
{
    /// <summary>A model's threshold with its rule, as a sentence.</summary>
    public static string With(double threshold, Manifest manifest, ReportWords words)
    {
        (string value, string rule) = (NumberText.Probability(threshold), Of(manifest.ThresholdRule, words));
        return words.Of($"{value}: {rule}.", $"{value}：{rule}。");
    }

    /// <summary>"chosen out of fold by Youden's J (sensitivity plus specificity as high as possible)".</summary>
    public static string Of(string text, ReportWords words)
    {
        if (!ThresholdRule.TryParse(text, out var rule))
        {
            return text;
        }

        string level = NumberText.Percent(rule.Level);
        return rule.Kind switch
        {
            ThresholdRuleKind.Fixed => words.Of("fixed beforehand", "事先固定"),
            ThresholdRuleKind.Youden => words.Of(
                "chosen out of fold by Youden's J, where sensitivity plus specificity is highest",
                "由折外预测按约登指数（Youden J）选定，即灵敏度与特异度之和最大处"),
            ThresholdRuleKind.Sensitivity => words.Of($"chosen out of fold for a sensitivity of at least {level}", $"由折外预测选定，使灵敏度不低于 {level}"),
            ThresholdRuleKind.Specificity => words.Of($"chosen out of fold for a specificity of at least {level}", $"由折外预测选定，使特异度不低于 {level}"),
            ThresholdRuleKind.PositivePredictiveValue => words.Of($"chosen out of fold for a positive predictive value of at least {level}", $"由折外预测选定，使阳性预测值不低于 {level}"),
            _ => words.Of($"chosen out of fold for a negative predictive value of at least {level}", $"由折外预测选定，使阴性预测值不低于 {level}"),
        };
    }
}
