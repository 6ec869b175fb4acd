namespace MedTune.Evaluation;

/// <summary>Wilson's score interval of a proportion.</summary>
/// <remarks>
/// Wilson EB, "Probable inference, the law of succession, and statistical inference", J Am Stat Assoc 1927;22:209-212; method 3 of
/// Newcombe RG, "Two-sided confidence intervals for the single proportion", Stat Med 1998;17:857-872. It stays inside 0 to 1 and has
/// a length at 0 and at n successes.
/// </remarks>
public static class WilsonInterval
{
    /// <summary>The proportion with its interval.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 gives an undefined estimate.</param>
    /// <param name="confidence">Between 0 and 1 exclusively, default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">More successes than trials, a negative count, or a level outside (0, 1).</exception>
    public static Estimate Of(long successes, long trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        EvaluationOptions options = new() { Confidence = confidence };
        options.Check();
        return trials == 0
            ? Estimate.Undefined("there are no rows to count")
            : Of((double)successes / trials, trials, options).Around((double)successes / trials);
    }

    internal static Interval Of(long successes, long trials, EvaluationOptions options) => Of((double)successes / trials, trials, options);

    /// <summary>The interval of a proportion seen in so many independent trials (which may be an effective number).</summary>
    internal static Interval Of(double proportion, double trials, EvaluationOptions options)
    {
        double z = options.NormalQuantile;
        double z2 = z * z;
        double center = ((2 * trials * proportion) + z2) / (2 * (trials + z2));
        double half = z * Math.Sqrt(z2 + (4 * trials * proportion * (1 - proportion))) / (2 * (trials + z2));

        // At 0 and 1 center and half are equal but for rounding: the end is exact there.
        double low = proportion == 0 ? 0 : Math.Max(0, center - half);
        double high = proportion == 1 ? 1 : Math.Min(1, center + half);
        return new Interval(low, high, $"{options.Percent} Wilson score interval");
    }
}
