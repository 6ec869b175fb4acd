using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>The beta distribution on [0, 1] with shape parameters a and b above 0.</summary>
internal static class BetaDistribution
{
    private const int MostSteps = 100_000;

    /// <summary>P(X ≤ x): the regularized incomplete beta function.</summary>
    /// <remarks>Continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, on the side of the mean where it converges fast.</remarks>
    public static double Cumulative(double x, double a, double b)
    {
        if (x <= 0)
        {
            return 0;
        }
        if (x >= 1)
        {
            return 1;
        }
        return x <= (a + 1) / (a + b + 2)
            ? Lower(x, 1 - x, a, b)
            : 1 - Lower(1 - x, x, b, a);
    }

    /// <summary>The x with P(X ≤ x) = p, by bisection to neighboring doubles, so a tiny x keeps its digits.</summary>
    public static double Quantile(double p, double a, double b)
    {
        if (p <= 0)
        {
            return 0;
        }
        if (p >= 1)
        {
            return 1;
        }
        double low = 0;
        double high = 1;
        while (true)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                return middle;
            }
            if (Cumulative(middle, a, b) < p)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
    }

    /// <summary>x^a (1-x)^b / (a B(a,b)) times the continued fraction, evaluated from the front (modified Lentz).</summary>
    private static double Lower(double x, double complement, double a, double b)
    {
        const double tiny = 1e-300;
        double logFront = (a * DoubleMath.Log(x)) + (b * DoubleMath.Log(complement))
            + DoubleMath.LogGamma(a + b) - DoubleMath.LogGamma(a) - DoubleMath.LogGamma(b);

        double value = 1;
        double numerator = 1;
        double denominator = 0;
        for (int j = 1; j < MostSteps; j++)
        {
            int m = j / 2;
            double coefficient = j % 2 == 0
                ? m * (b - m) * x / ((a + (2.0 * m) - 1) * (a + (2.0 * m)))
                : -(a + m) * (a + b + m) * x / ((a + (2.0 * m)) * (a + (2.0 * m) + 1));
            denominator = 1 + (coefficient * denominator);
            denominator = 1 / (Math.Abs(denominator) < tiny ? tiny : denominator);
            numerator = 1 + (coefficient / numerator);
            numerator = Math.Abs(numerator) < tiny ? tiny : numerator;
            double factor = numerator * denominator;
            value *= factor;
            if (Math.Abs(factor - 1) < 3e-16)
            {
                break;
            }
        }
        // value is 1 + d1/(1 + d2/(1 + ...)); the front is divided by it.
        return DoubleMath.Exp(logFront) / (a * value);
    }
}
