using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>How the decision threshold is chosen, as a person writes it: <c>youden</c>, <c>0.2</c>, <c>sensitivity&gt;=0.9</c>.</summary>
/// <remarks>A rule is applied to predictions the model was not fitted on (out of fold); what it reaches elsewhere is for the evaluation to say.</remarks>
/// <param name="Kind">What is asked for.</param>
/// <param name="Level">The number of the rule, 0 to 1; NaN for <see cref="ThresholdRuleKind.Youden"/>.</param>
public sealed record ThresholdRule(ThresholdRuleKind Kind, double Level)
{
    /// <summary>Youden's J: the default.</summary>
    public static ThresholdRule Youden { get; } = new(ThresholdRuleKind.Youden, double.NaN);

    /// <summary>Reads a rule.</summary>
    /// <param name="text"><c>youden</c>, a number from 0 to 1, or one of sensitivity (recall), specificity, ppv (precision), npv followed by &gt;= and a number above 0 and up to 1.</param>
    /// <exception cref="FormatException">Anything else; the message shows how rules are written.</exception>
    public static ThresholdRule Parse(string text) => TryParse(text, out ThresholdRule? rule)
        ? rule
        : throw new FormatException(
            $"'{text}' is no threshold rule: write youden, a number from 0 to 1 such as 0.2, or sensitivity>=0.9, specificity>=0.95, ppv>=0.8, npv>=0.98 with a number up to 1 (0.9, not 90).");

    /// <summary>Reads a rule as <see cref="Parse"/> does; false instead of an exception.</summary>
    /// <param name="text">The rule.</param>
    /// <param name="rule">Null when the text is none.</param>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ThresholdRule? rule)
    {
        rule = null;
        string trimmed = (text ?? "").Trim();
        if (trimmed.Equals("youden", StringComparison.OrdinalIgnoreCase))
        {
            rule = Youden;
        }
        else if (TryLevel(trimmed, out double number))
        {
            rule = new ThresholdRule(ThresholdRuleKind.Fixed, number);
        }
        else
        {
            string[] parts = trimmed.Replace("≥", ">=", StringComparison.Ordinal).Split(">=", StringSplitOptions.TrimEntries);
            ThresholdRuleKind? kind = parts.Length == 2 ? KindOf(parts[0]) : null;
            if (kind is not null && TryLevel(parts[1], out double level) && level > 0)
            {
                rule = new ThresholdRule(kind.Value, level);
            }
        }
        return rule is not null;
    }

    /// <summary>The threshold this rule chooses on the predictions.</summary>
    /// <param name="probabilities">Probability of the positive class, 0 to 1; at least one row.</param>
    /// <param name="targets">0 or 1, one per row.</param>
    /// <returns>The threshold, halfway between two neighboring probabilities where it was searched for, so that a last digit decides nothing; 0.5 where only one class occurs.</returns>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public ThresholdChoice Choose(double[] probabilities, int[] targets)
    {
        BinaryPredictions predictions = new(probabilities, targets);
        predictions.Check();
        CandidateThresholds candidates = CandidateThresholds.Of(predictions);
        if (Kind != ThresholdRuleKind.Fixed && !candidates.HasBothClasses)
        {
            return candidates.At(0.5) with { IsReached = false };
        }
        return Kind switch
        {
            ThresholdRuleKind.Fixed => candidates.At(Level),
            ThresholdRuleKind.Youden => candidates.Best(static c => c.YoudenNumerator, preferLow: true),
            ThresholdRuleKind.Sensitivity => candidates.First(Level, static c => c.Sensitivity, fromHigh: true),
            ThresholdRuleKind.Specificity => candidates.First(Level, static c => c.Specificity, fromHigh: false),
            ThresholdRuleKind.PositivePredictiveValue => candidates.First(Level, static c => c.PositivePredictiveValue, fromHigh: false),
            _ => candidates.First(Level, static c => c.NegativePredictiveValue, fromHigh: true),
        };
    }

    /// <summary>The rule as <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        string level = Level.ToString("R", CultureInfo.InvariantCulture);
        return Kind switch
        {
            ThresholdRuleKind.Fixed => level,
            ThresholdRuleKind.Youden => "youden",
            ThresholdRuleKind.Sensitivity => "sensitivity>=" + level,
            ThresholdRuleKind.Specificity => "specificity>=" + level,
            ThresholdRuleKind.PositivePredictiveValue => "ppv>=" + level,
            _ => "npv>=" + level,
        };
    }

    private static ThresholdRuleKind? KindOf(string name) => name.ToUpperInvariant() switch
    {
        "SENSITIVITY" or "RECALL" => ThresholdRuleKind.Sensitivity,
        "SPECIFICITY" => ThresholdRuleKind.Specificity,
        "PPV" or "PRECISION" => ThresholdRuleKind.PositivePredictiveValue,
        "NPV" => ThresholdRuleKind.NegativePredictiveValue,
        _ => null,
    };

    private static bool TryLevel(string text, out double level) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out level)
        && level >= 0 && level <= 1;
}
