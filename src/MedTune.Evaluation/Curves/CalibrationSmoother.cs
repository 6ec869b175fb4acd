using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>A locally weighted linear regression of outcome on predicted probability (loess of degree 1).</summary>
/// <remarks>
/// Cleveland WS, J Am Stat Assoc 1979;74:829-836 (tricube weights, no robustness steps, as outcomes are 0 or 1); for calibration:
/// Austin PC, Steyerberg EW, Stat Med 2014;33:517-535, span 0.75.
/// </remarks>
internal static class CalibrationSmoother
{
    private const double Span = 0.75;
    private const int GridPoints = 51;
    private const int FewestRows = 20;

    public static string Method(BinarySample rows, EvaluationOptions options) =>
        $"loess of degree 1, span 0.75; {options.Percent} pointwise band from the binomial variance{(rows.IsClustered ? ", rows taken as independent" : "")}";

    public static ImmutableArray<CalibrationPoint> Of(BinarySample rows, EvaluationOptions options)
    {
        double[] p = rows.Probabilities;
        if (p.Length < FewestRows || p[0] == p[^1])
        {
            return [];
        }
        int neighbors = Math.Max(2, (int)Math.Ceiling(Span * p.Length));
        double z = options.NormalQuantile;
        ImmutableArray<CalibrationPoint>.Builder points = ImmutableArray.CreateBuilder<CalibrationPoint>(GridPoints);
        int start = 0;
        for (int point = 0; point < GridPoints; point++)
        {
            double at = p[0] + ((p[^1] - p[0]) * point / (GridPoints - 1));

            // The window slides right while the row it would gain is nearer than the one it would lose.
            while (start + neighbors < p.Length && p[start + neighbors] - at < at - p[start])
            {
                start++;
            }
            points.Add(Fit(rows, at, start, start + neighbors, z));
        }
        return points.MoveToImmutable();
    }

    private static CalibrationPoint Fit(BinarySample rows, double at, int start, int end, double z)
    {
        double[] p = rows.Probabilities;

        // A hair wider than the farthest neighbor, so that a window of equal distances keeps weights above 0.
        double reach = Math.Max(at - p[start], p[end - 1] - at) * (1 + 1e-9);
        double w0 = 0;
        double w1 = 0;
        double w2 = 0;
        double y0 = 0;
        double y1 = 0;
        for (int i = start; i < end; i++)
        {
            double x = p[i] - at;
            double weight = Tricube(x, reach);
            w0 += weight;
            w1 += weight * x;
            w2 += weight * x * x;
            y0 += weight * rows.Targets[i];
            y1 += weight * x * rows.Targets[i];
        }
        double determinant = (w0 * w2) - (w1 * w1);
        bool line = determinant > 1e-12 * w0 * w2;
        double fitted = Math.Clamp(line ? ((w2 * y0) - (w1 * y1)) / determinant : y0 / w0, 0, 1);

        // The fit is a weighted sum of outcomes: its variance is that of the outcomes at the fitted share, by the squared weights.
        double squares = 0;
        for (int i = start; i < end; i++)
        {
            double x = p[i] - at;
            double share = Tricube(x, reach) * (line ? (w2 - (w1 * x)) / determinant : 1 / w0);
            squares += share * share;
        }
        double half = z * Math.Sqrt(squares * fitted * (1 - fitted));
        return new CalibrationPoint(at, fitted, Math.Max(0, fitted - half), Math.Min(1, fitted + half));
    }

    private static double Tricube(double distance, double reach)
    {
        if (reach == 0)
        {
            return 1;
        }
        double ratio = Math.Min(1, Math.Abs(distance) / reach);
        double rest = 1 - (ratio * ratio * ratio);
        return rest * rest * rest;
    }
}
