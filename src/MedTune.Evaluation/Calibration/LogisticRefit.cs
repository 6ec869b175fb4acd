namespace MedTune.Evaluation;

/// <summary>Fits outcome ~ predicted log-odds by maximum likelihood: with the slope held at 1, or with intercept and slope.</summary>
/// <remarks>Cox DR, "Two further applications of a model for binary regression", Biometrika 1958;45:562-565; Van Calster B et al., BMC Medicine 2019;17:230.</remarks>
internal static class LogisticRefit
{
    private const int MostSteps = 100;
    private const double Tolerance = 1e-9;

    // Newton's error after a step is about the square of the step: after one of 0.01 it is far below the spread over resamples.
    private const int MostResampledSteps = 20;
    private const double ResampledTolerance = 1e-2;

    /// <summary>The intercept a of logit P = a + logit: how far the predictions are off on the whole.</summary>
    /// <param name="logits">Predicted log-odds.</param>
    /// <param name="targets">0 or 1.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    public static LogisticFit Intercept(ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights)
    {
        if (!HasBothClasses(targets, weights))
        {
            return LogisticFit.None("only one class occurs, so the refit has no finite answer");
        }

        // The score falls strictly with a, so a bracket plus Newton steps inside it always arrives.
        double low = -200;
        double high = 200;
        double intercept = 0;
        double information = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            (double score, information) = InterceptDerivatives(intercept, logits, targets, weights);
            if (score > 0)
            {
                low = intercept;
            }
            else
            {
                high = intercept;
            }
            double next = intercept + (score / information);
            if (!(next > low && next < high))
            {
                next = low + ((high - low) / 2);
            }
            double moved = Math.Abs(next - intercept);
            intercept = next;
            if (moved < Tolerance)
            {
                break;
            }
        }
        return new LogisticFit(intercept, 1, 1 / Math.Sqrt(information), 0, null);
    }

    /// <summary>The intercept of a resample, without its standard error.</summary>
    public static double ResampledIntercept(ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights, LogisticStart start)
    {
        if (!HasBothClasses(targets, weights))
        {
            return double.NaN;
        }
        double intercept = start.Fit.Intercept;
        (double score, double information) = start.Intercept(weights);
        for (int step = 0; step < MostResampledSteps; step++)
        {
            double move = score / information;
            intercept += move;
            if (Math.Abs(move) < ResampledTolerance)
            {
                return intercept;
            }
            (score, information) = InterceptDerivatives(intercept, logits, targets, weights);
        }
        return Intercept(logits, targets, weights).Intercept;
    }

    /// <summary>Intercept a and slope b of logit P = a + b logit: the slope says whether risks are too extreme (below 1) or too timid (above 1).</summary>
    /// <param name="logits">Predicted log-odds.</param>
    /// <param name="targets">0 or 1.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    public static LogisticFit Slope(ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights)
    {
        string? problem = FindProblem(logits, targets, weights);
        if (problem is not null)
        {
            return LogisticFit.None(problem);
        }

        // Centering and scaling make the two parameters nearly independent, so Newton's steps need no care but halving.
        (double center, double scale) = Spread(logits, weights);
        LogisticPoint point = LogisticPoint.At(0, 0, center, scale, logits, targets, weights, true);
        bool arrived = false;
        for (int step = 0; step < MostSteps && !arrived; step++)
        {
            (double stepA, double stepB) = point.NewtonStep();
            LogisticPoint next = point.Move(stepA, stepB, logits, targets, weights, true);
            for (int halving = 0; next.LogLikelihood < point.LogLikelihood - 1e-10 && halving < 40; halving++)
            {
                stepA /= 2;
                stepB /= 2;
                next = point.Move(stepA, stepB, logits, targets, weights, true);
            }
            point = next;
            arrived = Math.Abs(stepA) + Math.Abs(stepB) < Tolerance;
        }
        return Unscaled(point);
    }

    /// <summary>The slope of a resample, without its standard error.</summary>
    public static double ResampledSlope(ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights, LogisticStart start)
    {
        if (FindProblem(logits, targets, weights) is not null)
        {
            return double.NaN;
        }
        LogisticPoint point = start.Slope(weights);
        for (int step = 0; step < MostResampledSteps; step++)
        {
            (double stepA, double stepB) = point.NewtonStep();
            if (Math.Abs(stepA) + Math.Abs(stepB) < ResampledTolerance)
            {
                return (point.B + stepB) / point.Scale;
            }
            point = point.Move(stepA, stepB, logits, targets, weights, false);
        }
        return Slope(logits, targets, weights).Slope;
    }

    /// <summary>Mean and standard deviation of the log-odds.</summary>
    public static (double Center, double Scale) Spread(ReadOnlySpan<double> logits, ReadOnlySpan<int> weights)
    {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[i];
            sum += weight * logits[i];
            total += weight;
        }
        double center = sum / total;
        double squares = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[i];
            double distance = logits[i] - center;
            squares += weight * distance * distance;
        }
        return (center, Math.Sqrt(squares / total));
    }

    private static (double Score, double Information) InterceptDerivatives(
        double intercept, ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights)
    {
        double score = 0;
        double information = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[i];
            if (weight == 0)
            {
                continue;
            }
            (double p, double complement) = LogisticPoint.Sides(intercept + logits[i]);
            score += targets[i] == 1 ? weight * complement : -weight * p;
            information += weight * p * complement;
        }
        return (score, information);
    }

    /// <summary>The fit in the log-odds as they were, before centering and scaling.</summary>
    private static LogisticFit Unscaled(LogisticPoint point)
    {
        double determinant = point.Determinant;
        double slope = point.B / point.Scale;
        if (!double.IsFinite(slope) || !(determinant > 0))
        {
            return LogisticFit.None("the refit did not converge");
        }
        double varianceA = point.InformationBB / determinant;
        double varianceB = point.InformationAA / determinant;
        double covariance = -point.InformationAB / determinant;
        double shift = point.Center / point.Scale;
        double interceptVariance = varianceA - (2 * shift * covariance) + (shift * shift * varianceB);
        return new LogisticFit(
            point.A - (slope * point.Center), slope, Math.Sqrt(Math.Max(0, interceptVariance)), Math.Sqrt(varianceB) / point.Scale, null);
    }

    private static bool HasBothClasses(ReadOnlySpan<int> targets, ReadOnlySpan<int> weights)
    {
        long positives = 0;
        long total = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[i];
            positives += weight * targets[i];
            total += weight;
        }
        return positives > 0 && positives < total;
    }

    /// <summary>In one dimension the likelihood has a maximum exactly when the two classes overlap; the ends of their ranges tell.</summary>
    private static string? FindProblem(ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights)
    {
        double lowPositive = double.PositiveInfinity;
        double highPositive = double.NegativeInfinity;
        double lowNegative = double.PositiveInfinity;
        double highNegative = double.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            if (!weights.IsEmpty && weights[i] == 0)
            {
                continue;
            }
            if (targets[i] == 1)
            {
                lowPositive = Math.Min(lowPositive, logits[i]);
                highPositive = Math.Max(highPositive, logits[i]);
            }
            else
            {
                lowNegative = Math.Min(lowNegative, logits[i]);
                highNegative = Math.Max(highNegative, logits[i]);
            }
        }
        if (double.IsInfinity(lowPositive) || double.IsInfinity(lowNegative))
        {
            return "only one class occurs, so the refit has no finite answer";
        }
        if (Math.Min(lowPositive, lowNegative) == Math.Max(highPositive, highNegative))
        {
            return "all predictions are equal, so no slope can be fitted";
        }
        return lowPositive >= highNegative || lowNegative >= highPositive
            ? "the predictions separate the classes completely, so the slope has no finite value"
            : null;
    }
}
