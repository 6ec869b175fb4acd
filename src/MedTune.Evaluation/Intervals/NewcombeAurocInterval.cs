namespace MedTune.Evaluation;

/// <summary>An interval of the area under the ROC curve from the area and the two counts alone: it has a length at 1, where DeLong's variance is 0.</summary>
/// <remarks>Newcombe RG, Stat Med 2006;25:559-573, method 5: the variance of Hanley and McNeil, taken at the end of the interval that is looked for.</remarks>
internal static class NewcombeAurocInterval
{
    public static Interval Of(double area, double positives, double negatives, EvaluationOptions options)
    {
        double z = options.NormalQuantile;
        double low = area <= 0 ? 0 : End(area, 0, positives, negatives, z);
        double high = area >= 1 ? 1 : End(area, 1, positives, negatives, z);
        return new Interval(low, high, $"{options.Percent} Newcombe interval (method 5), as DeLong's variance is 0 or undefined here");
    }

    /// <summary>Bisects for the t between the area and a border with |area - t| = z sqrt(V(t)); the border itself is always too far, as V is 0 there.</summary>
    private static double End(double area, double border, double positives, double negatives, double z)
    {
        double near = area;
        double far = border;
        for (int step = 0; step < 200; step++)
        {
            double middle = near + ((far - near) / 2);
            if (middle == near || middle == far)
            {
                break;
            }
            if (Math.Abs(area - middle) < z * Math.Sqrt(Variance(middle, positives, negatives)))
            {
                near = middle;
            }
            else
            {
                far = middle;
            }
        }
        return near;
    }

    private static double Variance(double t, double m, double n)
    {
        double star = Math.Max(0, ((m + n) / 2) - 1);
        return t * (1 - t) * (1 + (star * (((1 - t) / (2 - t)) + (t / (1 + t))))) / (m * n);
    }
}
