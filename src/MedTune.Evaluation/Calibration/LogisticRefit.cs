namespace MedTune.Evaluation;

/// <summary>Fits outcome ~ predicted log-odds by maximum likelihood: with the slope held at 1, or with intercept and slope.</summary>
/// <remarks>Cox DR, "Two further applications of a model for binary regression", Biometrika 1958;45:562-565; Van Calster B et al., BMC Medicine 2019;17:230.</remarks>
internal static class LogisticRefit
{
    private const int MostSteps = 100;
    private const int MostRoughSteps = 20;

    // A Newton step this small leaves an error of its square: far below the last digit anyone reads, and below a standard error.
    private const double Tolerance = 1e-9;
    private const double RoughTolerance = 1e-4;

    /// <summary>The intercept a of logit P = a + logit: how far the predictions are off on the whole.</summary>
    /// <param name="logits">Predicted log-odds.</param>
    /// <param name="targets">0 or 1.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <param name="start">Where to start.</param>
    public static LogisticFit Intercept(ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights, double start)
    {
        (long positives, long total) = CountPositives(targets, weights);
        if (positives == 0 || positives == total)
        {
            return LogisticFit.None("only one class occurs, so the refit has no finite answer");
        }

        // The score falls strictly with a, so a bracket plus Newton steps inside it always arrives.
        double low = -200;
        double high = 200;
        double intercept = start;
        double tolerance = weights.IsEmpty ? Tolerance : RoughTolerance;
        double information = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            double score = 0;
            information = 0;
            for (int i = 0; i < logits.Length; i++)
            {
                int weight = weights.IsEmpty ? 1 : weights[i];
                if (weight == 0)
                {
                    continue;
                }
                (double p, double rest) = LogisticPoint.Sides(intercept + logits[i]);
                score += targets[i] == 1 ? weight * rest : -weight * p;
                information += weight * p * rest;
            }
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
            if (moved < tolerance)
            {
                break;
            }
        }
        return new LogisticFit(intercept, 1, 1 / Math.Sqrt(information), 0, null);
    }

    /// <summary>Intercept a and slope b of logit P = a + b logit: the slope says whether risks are too extreme (below 1) or too timid (above 1).</summary>
    /// <param name="logits">Predicted log-odds, ascending.</param>
    /// <param name="targets">0 or 1.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <param name="start">A fit to start from; null: none.</param>
    public static LogisticFit Slope(ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights, LogisticFit? start)
    {
        string? problem = FindProblem(logits, targets, weights);
        if (problem is not null)
        {
            return LogisticFit.None(problem);
        }

        // Centering and scaling make the two parameters nearly independent, so Newton's steps need no care but halving.
        (double center, double scale) = Spread(logits, weights);
        bool rough = !weights.IsEmpty && start?.Problem is null && start is not null;
        LogisticPoint point = rough
            ? LogisticPoint.At(start!.Intercept + (start.Slope * center), start.Slope * scale, center, scale, logits, targets, weights, false)
            : LogisticPoint.At(0, 0, center, scale, logits, targets, weights, true);
        bool arrived = false;
        for (int step = 0; step < (rough ? MostRoughSteps : MostSteps) && !arrived; step++)
        {
            (double stepA, double stepB) = point.NewtonStep();
            LogisticPoint next = point.Move(stepA, stepB, logits, targets, weights, !rough);
            for (int halving = 0; !rough && next.LogLikelihood < point.LogLikelihood - 1e-10 && halving < 40; halving++)
            {
                stepA /= 2;
                stepB /= 2;
                next = point.Move(stepA, stepB, logits, targets, weights, true);
            }
            point = next;
            arrived = Math.Abs(stepA) + Math.Abs(stepB) < (rough ? RoughTolerance : Tolerance);
        }
        return rough && !arrived ? Slope(logits, targets, weights, null) : Unscaled(point);
    }

    /// <summary>The fit in the log-odds as they were, before centering and scaling.</summary>
    private static LogisticFit Unscaled(LogisticPoint point)
    {
        (double center, double scale) = (point.Center, point.Scale);
        double determinant = point.Determinant;
        double slope = point.B / scale;
        double varianceA = point.InformationBB / determinant;
        double varianceB = point.InformationAA / determinant;
        double covariance = -point.InformationAB / determinant;
        double shift = center / scale;
        double interceptVariance = varianceA - (2 * shift * covariance) + (shift * shift * varianceB);
        if (!double.IsFinite(slope) || !(determinant > 0))
        {
            return LogisticFit.None("the refit did not converge");
        }
        return new LogisticFit(point.A - (slope * center), slope, Math.Sqrt(Math.Max(0, interceptVariance)), Math.Sqrt(varianceB) / scale, null);
    }

    private static (long Positives, long Total) CountPositives(ReadOnlySpan<int> targets, ReadOnlySpan<int> weights)
    {
        long positives = 0;
        long total = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[i];
            positives += weight * targets[i];
            total += weight;
        }
        return (positives, total);
    }

    /// <summary>In one dimension the likelihood has a maximum exactly when the two classes overlap; ends of the classes' ranges tell.</summary>
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

    private static (double Center, double Scale) Spread(ReadOnlySpan<double> logits, ReadOnlySpan<int> weights)
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
}
