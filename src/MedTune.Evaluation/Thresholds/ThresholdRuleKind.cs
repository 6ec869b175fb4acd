namespace MedTune.Evaluation;

/// <summary>What a threshold rule asks for.</summary>
public enum ThresholdRuleKind
{
    /// <summary>A given number.</summary>
    Fixed,

    /// <summary>The largest sum of sensitivity and specificity (Youden's J).</summary>
    Youden,

    /// <summary>At least this sensitivity, with the best specificity.</summary>
    Sensitivity,

    /// <summary>At least this specificity, with the best sensitivity.</summary>
    Specificity,

    /// <summary>At least this positive predictive value, with the best sensitivity.</summary>
    PositivePredictiveValue,

    /// <summary>At least this negative predictive value, with the best specificity.</summary>
    NegativePredictiveValue,
}
