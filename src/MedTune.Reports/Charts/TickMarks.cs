namespace MedTune.Reports.Charts;

/// <summary>Round positions for the ticks of an axis, and their texts.</summary>
internal static class TickMarks
{
    private const double Slack = 1e-9;

    /// <summary>Ticks at 1, 2 or 5 times a power of ten, inside [low, high].</summary>
    /// <param name="low">Low end of the axis.</param>
    /// <param name="high">High end of the axis.</param>
    /// <param name="most">The most ticks wanted, at least 2.</param>
    /// <returns>At least one tick; one at <paramref name="low"/> when the interval is empty or not finite.</returns>
    public static IReadOnlyList<double> Between(double low, double high, int most = 6)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || high <= low)
        {
            return [low];
        }

        double step = Step(low, high, most);
        double first = Math.Ceiling((low / step) - Slack);
        double last = Math.Floor((high / step) + Slack);
        var ticks = new List<double>();
        for (double index = first; index <= last; index++)
        {
            // Dividing by the inverse of a step below one gives 0.3 where 3 * 0.1 gives 0.30000000000000004.
            double tick = step < 1 ? index / Math.Round(1 / step) : index * step;
            ticks.Add(tick == 0 ? 0 : tick);
        }

        return ticks;
    }

    /// <summary>An interval around [low, high] whose ends are ticks.</summary>
    /// <param name="low">Smallest value to show.</param>
    /// <param name="high">Largest value to show.</param>
    /// <param name="most">The most ticks wanted.</param>
    public static (double Low, double High) Around(double low, double high, int most = 6)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            return (0, 1);
        }

        if (high <= low)
        {
            double half = low == 0 ? 1 : Math.Abs(low) / 2;
            (low, high) = (low - half, low + half);
        }

        double step = Step(low, high, most);
        return (Math.Floor((low / step) + Slack) * step, Math.Ceiling((high / step) - Slack) * step);
    }

    private static double Step(double low, double high, int most)
    {
        double rough = (high - low) / Math.Max(1, most - 1);
        double power = 1;
        while (power > rough)
        {
            power /= 10;
        }

        while (power * 10 <= rough)
        {
            power *= 10;
        }

        foreach (double factor in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (power * factor >= rough * (1 - Slack))
            {
                return power * factor;
            }
        }

        return power * 10;
    }
}
