using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>A random-effects mean of figures that differ by chance and from site to site.</summary>
/// <remarks>
/// The variance between sites by restricted maximum likelihood (Viechtbauer, J Educ Behav Stat 2005;30:261-293). The interval of the mean by Hartung
/// and Knapp (Stat Med 2001;20:3875-3889), whose error is never taken below the usual one (Röver, Knapp and Friede, BMC Med Res Methodol 2015;15:99).
/// The prediction interval with k - 2 degrees of freedom (Higgins, Thompson and Spiegelhalter, J R Stat Soc A 2009;172:137-159).
/// </remarks>
public static class RandomEffects
{
    /// <summary>With fewer sites nothing can be said of how much they differ.</summary>
    public const int FewestSites = 3;

    /// <summary>Summarises figures with known standard errors.</summary>
    /// <param name="figures">One per site, on a scale where it is about normal.</param>
    /// <param name="errors">The standard errors, above 0. A site whose figure or error is not finite takes no part.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>The summary on the same scale.</returns>
    /// <exception cref="ArgumentException">There are not as many errors as figures, or the options allow no interval.</exception>
    public static RandomEffectsSummary Of(ReadOnlySpan<double> figures, ReadOnlySpan<double> errors, EvaluationOptions? options = null)
    {
        options ??= EvaluationOptions.Default;
        options.Check();
        if (figures.Length != errors.Length)
        {
            throw new ArgumentException("A random-effects summary needs one standard error for each figure.", nameof(errors));
        }

        List<(double Figure, double Variance)> sites = [];
        for (int i = 0; i < figures.Length; i++)
        {
            if (double.IsFinite(figures[i]) && double.IsFinite(errors[i]) && errors[i] > 0)
            {
                sites.Add((figures[i], errors[i] * errors[i]));
            }
        }
        if (sites.Count < FewestSites)
        {
            Estimate none = Estimate.Undefined("undefined: fewer than three sites have this figure with its error");
            return new RandomEffectsSummary(sites.Count, none, none, double.NaN, "plain");
        }
        return Summarize(sites, options);
    }

    private static RandomEffectsSummary Summarize(List<(double Figure, double Variance)> sites, EvaluationOptions options)
    {
        int k = sites.Count;
        double between = BetweenSites(sites);
        (double mean, double weights) = Mean(sites, between);
        double spread = sites.Sum(site => (site.Figure - mean) * (site.Figure - mean) / (site.Variance + between)) / (k - 1);
        double variance = Math.Max(1, spread) / weights;
        double upper = 0.5 + (options.Confidence / 2);
        double half = StudentDistribution.Quantile(upper, k - 1) * Math.Sqrt(variance);
        double reach = StudentDistribution.Quantile(upper, k - 2) * Math.Sqrt(between + variance);
        return new RandomEffectsSummary(
            k,
            new Estimate(mean, mean - half, mean + half, string.Create(CultureInfo.InvariantCulture, $"{options.Percent} Hartung-Knapp interval over {k} sites, REML")),
            new Estimate(mean, mean - reach, mean + reach, string.Create(CultureInfo.InvariantCulture, $"{options.Percent} prediction interval for a further site, from {k} sites, REML")),
            Math.Sqrt(between),
            "plain");
    }

    /// <summary>The variance at which the derivative of the restricted likelihood is 0; 0 where it falls from the start.</summary>
    private static double BetweenSites(List<(double Figure, double Variance)> sites)
    {
        if (Slope(sites, 0) <= 0)
        {
            return 0;
        }
        double low = 0;
        double high = sites.Average(site => site.Variance);
        while (Slope(sites, high) > 0)
        {
            (low, high) = (high, 2 * high);
        }

        // Halving always arrives, and ends when no number lies between.
        for (double middle = low + ((high - low) / 2); middle > low && middle < high; middle = low + ((high - low) / 2))
        {
            (low, high) = Slope(sites, middle) > 0 ? (middle, high) : (low, middle);
        }
        return high;
    }

    /// <summary>Twice the derivative of the restricted log-likelihood in the variance between sites.</summary>
    private static double Slope(List<(double Figure, double Variance)> sites, double between)
    {
        (double mean, double weights) = Mean(sites, between);
        double squares = 0;
        double weightSquares = 0;
        foreach ((double figure, double variance) in sites)
        {
            double weight = 1 / (variance + between);
            squares += weight * weight * (figure - mean) * (figure - mean);
            weightSquares += weight * weight;
        }
        return squares - weights + (weightSquares / weights);
    }

    private static (double Mean, double Weights) Mean(List<(double Figure, double Variance)> sites, double between)
    {
        double weights = 0;
        double sum = 0;
        foreach ((double figure, double variance) in sites)
        {
            weights += 1 / (variance + between);
            sum += figure / (variance + between);
        }
        return (sum / weights, weights);
    }
}
