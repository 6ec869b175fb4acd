using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>The interval of a mean over cross-validation folds.</summary>
/// <remarks>
/// Nadeau C, Bengio Y, "Inference for the generalization error", Machine Learning 2003;52:239-281: the models of k folds share
/// most of their training rows, so the variance of their mean is (1/k + test/train) s², not s²/k; test/train is 1/(k - 1).
/// </remarks>
internal static class FoldInterval
{
    /// <summary>The corrected standard error of a mean over folds; NaN with fewer than two folds.</summary>
    public static double StandardError(ReadOnlySpan<double> folds, double mean)
    {
        double k = folds.Length;
        if (k < 2)
        {
            return double.NaN;
        }
        double squares = 0;
        foreach (double fold in folds)
        {
            squares += (fold - mean) * (fold - mean);
        }
        return Math.Sqrt(((1 / k) + (1 / (k - 1))) * squares / (k - 1));
    }

    public static Interval Of(ReadOnlySpan<double> folds, double mean, EvaluationOptions options, string note = "")
    {
        double error = StandardError(folds, mean);
        if (double.IsNaN(error))
        {
            return Interval.None("no interval: it needs at least two folds" + note);
        }
        if (error == 0)
        {
            return Interval.None("no interval: every fold has the same value" + note);
        }
        double half = StudentDistribution.Quantile(0.5 + (options.Confidence / 2), folds.Length - 1) * error;
        return new Interval(mean - half, mean + half, string.Create(CultureInfo.InvariantCulture,
            $"{options.Percent} t interval over {folds.Length} folds, Nadeau-Bengio variance{note}"));
    }
}
