using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>One bend of a restricted cubic spline: a sum of truncated cubes of a standardised column, straight outside the outer knots.</summary>
/// <param name="Column">The column.</param>
/// <param name="Knots">Where the cubes begin.</param>
/// <param name="Factors">What each cube is multiplied with.</param>
internal sealed record SplineTerm(int Column, ImmutableArray<double> Knots, ImmutableArray<double> Factors)
{
    /// <summary>The bends of a column between given knots: two fewer than there are knots.</summary>
    /// <remarks>Stone and Koo, 1985; the scale is that of Harrell, Regression Modeling Strategies, 2nd edition, section 2.4.5.</remarks>
    public static IEnumerable<SplineTerm> Of(int column, double[] knots)
    {
        double last = knots[^1], before = knots[^2];
        double scale = (last - knots[0]) * (last - knots[0]);
        for (int j = 0; j < knots.Length - 2; j++)
        {
            yield return new SplineTerm(
                column,
                [knots[j], before, last],
                [1 / scale, -(last - knots[j]) / (last - before) / scale, (before - knots[j]) / (last - before) / scale]);
        }
    }

    /// <summary>Its value.</summary>
    /// <param name="value">The standardised column.</param>
    public double At(double value)
    {
        double sum = 0;
        for (int i = 0; i < Knots.Length; i++)
        {
            double above = Math.Max(0, value - Knots[i]);
            sum += Factors[i] * above * above * above;
        }

        return sum;
    }
}
