using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>How strong an unmeasured cause would have to be to explain an effect away: the risk ratio it would need with both treatment and outcome.</summary>
/// <remarks>VanderWeele and Ding, Ann Intern Med 2017;167:268-274, with their conversions of other measures to an approximate risk ratio.</remarks>
/// <param name="Value">For the estimate, 1 or more; 1 needs no hidden cause at all.</param>
/// <param name="OfInterval">For the end of the interval nearer to no effect; 1 where the interval holds no effect, NaN without an interval.</param>
/// <param name="RiskRatio">The risk ratio it was computed from, with its interval.</param>
public readonly record struct EValue(double Value, double OfInterval, Estimate RiskRatio)
{
    /// <summary>From a risk ratio.</summary>
    /// <param name="ratio">Above 0; below 1 is turned round.</param>
    /// <exception cref="InvalidPredictionsException">A ratio or an end of its interval that is not above 0.</exception>
    public static EValue OfRiskRatio(Estimate ratio)
    {
        Check(ratio);
        double nearer = ratio.Value >= 1 ? Math.Max(1, ratio.Low) : Math.Min(1, ratio.High);
        return new EValue(Bound(ratio.Value), ratio.HasInterval ? Bound(nearer) : double.NaN, ratio);
    }

    /// <summary>From an odds ratio: it is about the risk ratio where the outcome is rare (under 15 %), and about its square where not.</summary>
    /// <param name="ratio">Above 0.</param>
    /// <param name="isRare">Whether fewer than about 15 % have the outcome at the end of follow-up.</param>
    /// <exception cref="InvalidPredictionsException">A ratio or an end of its interval that is not above 0.</exception>
    public static EValue OfOddsRatio(Estimate ratio, bool isRare) => OfRiskRatio(isRare ? ratio : Converted(ratio, Math.Sqrt));

    /// <summary>From a hazard ratio: about the risk ratio where the outcome is rare, (1 - 0.5^√h) / (1 - 0.5^√(1/h)) where not.</summary>
    /// <param name="ratio">Above 0.</param>
    /// <param name="isRare">Whether fewer than about 15 % have the outcome at the end of follow-up.</param>
    /// <exception cref="InvalidPredictionsException">A ratio or an end of its interval that is not above 0.</exception>
    public static EValue OfHazardRatio(Estimate ratio, bool isRare) => OfRiskRatio(isRare ? ratio : Converted(
        ratio, hazard => (1 - DoubleMath.Pow(0.5, Math.Sqrt(hazard))) / (1 - DoubleMath.Pow(0.5, Math.Sqrt(1 / hazard)))));

    /// <summary>From a difference of means: the risk ratio is about exp(0.91 d), its ends exp(0.91 d ± 1.78 s), d and s being difference and error over the outcome's standard deviation.</summary>
    /// <param name="effect">The difference with its standard error.</param>
    /// <param name="standardDeviation">Of the outcome, pooled over the arms; above 0.</param>
    /// <exception cref="InvalidPredictionsException">The standard deviation is not above 0, or the difference is undefined.</exception>
    public static EValue OfMeanDifference(EffectEstimate effect, double standardDeviation)
    {
        if (!(standardDeviation > 0) || !double.IsFinite(effect.Value))
        {
            throw new InvalidPredictionsException("An E-value of a difference of means needs the difference and a standard deviation of the outcome above 0.");
        }
        double d = 0.91 * effect.Value / standardDeviation;
        double reach = 1.78 * effect.StandardError / standardDeviation;
        return OfRiskRatio(double.IsNaN(reach)
            ? Estimate.WithoutInterval(DoubleMath.Exp(d), effect.Figure.Method)
            : new Estimate(DoubleMath.Exp(d), DoubleMath.Exp(d - reach), DoubleMath.Exp(d + reach), "95 % interval, approximated from a difference of means"));
    }

    private static double Bound(double ratio)
    {
        double above = ratio >= 1 ? ratio : 1 / ratio;
        return above + Math.Sqrt(above * (above - 1));
    }

    private static Estimate Converted(Estimate ratio, Func<double, double> convert)
    {
        Check(ratio);
        return ratio with { Value = convert(ratio.Value), Low = convert(ratio.Low), High = convert(ratio.High) };
    }

    private static void Check(Estimate ratio)
    {
        if (!(ratio.Value > 0) || ratio.Low <= 0 || ratio.High <= 0)
        {
            throw new InvalidPredictionsException("An E-value needs a ratio, and an interval, above 0.");
        }
    }
}
