namespace MedTune.Evaluation;

/// <summary>Effects with intervals from their standard errors.</summary>
internal static class EffectEstimates
{
    /// <summary>Value ± t times its error, with one degree of freedom less than there are patients.</summary>
    public static EffectEstimate Student(double value, double error, int rows, int patients, bool isClustered, EvaluationOptions options)
    {
        if (None(value, error, rows, patients, isClustered) is { } none)
        {
            return none;
        }
        int degrees = patients - 1;
        double half = StudentDistribution.Quantile(0.5 + (options.Confidence / 2), degrees) * error;
        double t = value / error;
        double below = StudentDistribution.Cumulative(t, degrees);
        double above = t > 0 ? 0.5 * StudentDistribution.TwoSidedP(t, degrees) : 1 - below;
        return new EffectEstimate(
            new Estimate(value, value - half, value + half, $"{options.Percent} {(isClustered ? "t interval over patients" : "t interval over rows")}"),
            error, StudentDistribution.TwoSidedP(t, degrees), above, rows, patients);
    }

    /// <summary>Value ± the normal quantile times its error; <paramref name="how"/> ends the phrase after the level.</summary>
    public static EffectEstimate Normal(double value, double error, int rows, int patients, string how, EvaluationOptions options)
    {
        if (None(value, error, rows, patients, patients < rows) is { } none)
        {
            return none;
        }
        double half = options.NormalQuantile * error;
        return new EffectEstimate(
            new Estimate(value, value - half, value + half, $"{options.Percent} {how}"),
            error, NormalDistribution.TwoSidedP(value / error), NormalDistribution.Cumulative(-value / error), rows, patients);
    }

    private static EffectEstimate? None(double value, double error, int rows, int patients, bool isClustered)
    {
        if (double.IsNaN(value))
        {
            return new EffectEstimate(Estimate.Undefined("undefined: the data do not define the effect"), double.NaN, double.NaN, double.NaN, rows, patients);
        }
        if (double.IsNaN(error))
        {
            Estimate alone = Estimate.WithoutInterval(value, isClustered ? "no interval: it needs at least two patients" : "no interval: it needs at least two rows");
            return new EffectEstimate(alone, double.NaN, double.NaN, double.NaN, rows, patients);
        }

        // Influences that are all 0 differ from 0 by rounding at most.
        if (error <= 1e-14 * Math.Abs(value) || error == 0)
        {
            Estimate same = Estimate.WithoutInterval(value, "no interval: every row has the same value");
            double p = value == 0 ? 1 : double.NaN;
            return new EffectEstimate(same, 0, p, p, rows, patients);
        }
        return null;
    }
}
