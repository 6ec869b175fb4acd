namespace MedTune.Reports.Charts;

/// <summary>Maps an interval of values onto an interval of drawing units.</summary>
/// <param name="DomainLow">The value drawn at <paramref name="RangeLow"/>.</param>
/// <param name="DomainHigh">The value drawn at <paramref name="RangeHigh"/>.</param>
/// <param name="RangeLow">Drawing position of the low end.</param>
/// <param name="RangeHigh">Drawing position of the high end; below <paramref name="RangeLow"/> for an axis that grows upwards.</param>
public readonly record struct LinearScale(double DomainLow, double DomainHigh, double RangeLow, double RangeHigh)
{
    /// <summary>The drawing position of a value; an empty domain maps everything to the middle of the range.</summary>
    /// <param name="value">The value; it may lie outside the domain.</param>
    public double At(double value) => DomainHigh == DomainLow
        ? (RangeLow + RangeHigh) / 2
        : RangeLow + ((value - DomainLow) / (DomainHigh - DomainLow) * (RangeHigh - RangeLow));

    /// <summary>The drawing position of a value, held inside the range.</summary>
    /// <param name="value">The value; infinities land on the ends, NaN on the low end.</param>
    public double Clamped(double value)
    {
        if (double.IsNaN(value))
        {
            return RangeLow;
        }

        double low = Math.Min(DomainLow, DomainHigh);
        double high = Math.Max(DomainLow, DomainHigh);
        return At(Math.Clamp(value, low, high));
    }

    /// <summary>Whether a value lies inside the domain, ends included.</summary>
    /// <param name="value">The value; NaN lies nowhere.</param>
    public bool Covers(double value) => value >= Math.Min(DomainLow, DomainHigh) && value <= Math.Max(DomainLow, DomainHigh);
}
