namespace MedTune.Evaluation;

/// <summary>The exact (conservative) interval of a proportion.</summary>
/// <remarks>Clopper CJ, Pearson ES, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 1934;26:404-413.</remarks>
public static class ClopperPearsonInterval
{
    /// <summary>The proportion with its interval: it covers the true proportion at least as often as the level says, usually more.</summary>
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
        if (trials == 0)
        {
            return Estimate.Undefined("there are no rows to count");
        }

        double tail = (1 - confidence) / 2;
        double low = successes == 0 ? 0 : BetaDistribution.Quantile(tail, successes, trials - successes + 1);
        double high = successes == trials ? 1 : BetaDistribution.Quantile(1 - tail, successes + 1, trials - successes);
        return new Interval(low, high, $"{options.Percent} Clopper-Pearson interval").Around((double)successes / trials);
    }
}
