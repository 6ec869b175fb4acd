namespace MedTune.Evaluation;

/// <summary>A metric of two classes. One file each in <c>Metrics/Binary</c>, listed in <see cref="MetricRegistry"/>.</summary>
/// <remarks>
/// The value is computed from rows that count a whole number of times, so one piece of code serves the figure and its bootstrap.
/// NaN means undefined.
/// </remarks>
public abstract class BinaryMetric : Metric
{
    private protected BinaryMetric()
    {
    }

    /// <summary>The figure; NaN when the rows do not define it.</summary>
    internal abstract double Value(WeightedBinarySample sample);

    /// <summary>Why <see cref="Value"/> is NaN, as a phrase.</summary>
    internal abstract string WhyUndefined(WeightedBinarySample sample);

    /// <summary>The interval without resampling, or <see cref="Interval.None"/> with the reason; null asks for the bootstrap.</summary>
    internal virtual Interval? ClosedForm(WeightedBinarySample sample, double value) => null;

    /// <summary>The interval where every resample gave the same figure, so that resampling knows nothing.</summary>
    internal virtual Interval Degenerate(WeightedBinarySample sample, double value) =>
        Interval.None("no interval: every bootstrap resample gave the same figure");

    /// <summary>The phrase for data that lack a class.</summary>
    private protected static string OneClass(WeightedBinarySample sample) =>
        sample.Positives == 0 ? "undefined: there are no positive rows" : "undefined: there are no negative rows";
}
