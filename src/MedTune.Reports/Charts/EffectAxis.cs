using MedTune.Reports.Wording;

namespace MedTune.Reports.Charts;

/// <summary>The axis of a chart of effects: plain for log-odds and importances, logarithmic for odds ratios.</summary>
internal sealed class EffectAxis
{
    private readonly bool _isRatio;

    private EffectAxis(bool isRatio, double low, double high)
    {
        _isRatio = isRatio;
        (low, high) = isRatio ? (Math.Floor(low), Math.Ceiling(high)) : TickMarks.Around(low, high);
        high = high > low ? high : low + 1;
        Scale = new LinearScale(low, high, 0, 100);
        Ticks = isRatio ? Doublings(low, high) : TickMarks.Between(low, high);
        Labels = [.. Ticks.Select(tick => NumberText.Number(isRatio ? Math.ScaleB(1, (int)tick) : tick))];
    }

    /// <summary>The scale, in the units of <see cref="Position"/>.</summary>
    public LinearScale Scale { get; }

    /// <summary>The ticks, in the units of <see cref="Position"/>.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>What is written at the ticks.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>An axis that holds every value and its interval. Far ends of intervals are cut off at four times the largest value.</summary>
    public static EffectAxis For(EffectScale scale, IReadOnlyList<EffectRow> rows)
    {
        bool isRatio = scale == EffectScale.OddsRatio;
        double low = 0;
        double high = 0;
        foreach (EffectRow row in rows)
        {
            double value = Place(isRatio, row.Value);
            (low, high) = double.IsFinite(value) ? (Math.Min(low, value), Math.Max(high, value)) : (low, high);
        }

        double most = 4 * Math.Max(-low, high);
        foreach (EffectRow row in rows)
        {
            double from = Place(isRatio, row.Low);
            double to = Place(isRatio, row.High);
            low = double.IsFinite(from) ? Math.Min(low, Math.Max(from, -most)) : low;
            high = double.IsFinite(to) ? Math.Max(high, Math.Min(to, most)) : high;
        }

        return new EffectAxis(isRatio, low, high);
    }

    /// <summary>Where a value lies on the axis; NaN for a ratio that is not positive.</summary>
    public double Position(double value) => Place(_isRatio, value);

    private static double Place(bool isRatio, double value) => isRatio ? BinaryLogarithm.Of(value) : value;

    private static List<double> Doublings(double low, double high)
    {
        double step = Math.Max(1, Math.Ceiling((high - low) / 8));
        var ticks = new List<double>();
        for (double tick = Math.Ceiling(low / step) * step; tick <= high; tick += step)
        {
            ticks.Add(tick);
        }

        return ticks;
    }
}
