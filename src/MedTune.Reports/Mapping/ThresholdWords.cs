using MedTune.Evaluation;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>Threshold rules in words.</summary>
internal static class ThresholdWords
{
    /// <summary>"chosen out of fold by Youden's J (sensitivity plus specificity as high as possible)".</summary>
    public static string Of(string text)
    {
        if (!ThresholdRule.TryParse(text, out var rule))
        {
            return text;
        }

        return rule.Kind switch
        {
            ThresholdRuleKind.Fixed => "fixed beforehand",
            ThresholdRuleKind.Youden => "chosen out of fold by Youden's J, where sensitivity plus specificity is highest",
            ThresholdRuleKind.Sensitivity => $"chosen out of fold for a sensitivity of at least {NumberText.Percent(rule.Level)}",
            ThresholdRuleKind.Specificity => $"chosen out of fold for a specificity of at least {NumberText.Percent(rule.Level)}",
            ThresholdRuleKind.PositivePredictiveValue => $"chosen out of fold for a positive predictive value of at least {NumberText.Percent(rule.Level)}",
            _ => $"chosen out of fold for a negative predictive value of at least {NumberText.Percent(rule.Level)}",
        };
    }
}
