namespace MedTune.Evaluation;

/// <summary>A metric of several classes at once. One file each in <c>Metrics/Multiclass</c>, listed in <see cref="MetricRegistry"/>.</summary>
/// <remarks>The value is computed from rows that count a whole number of times, so one piece of code serves the figure and its bootstrap.</remarks>
public abstract class MulticlassMetric : Metric
{
    private protected MulticlassMetric()
    {
    }

    /// <summary>The figure; NaN when the rows do not define it.</summary>
    internal abstract double Value(WeightedMulticlassSample sample);

    /// <summary>Why <see cref="Value"/> is NaN, as a phrase.</summary>
    internal virtual string WhyUndefined => "undefined: there are no rows";

    /// <summary>The interval without resampling, or <see cref="Interval.None"/> with the reason; null asks for the bootstrap.</summary>
    internal virtual Interval? ClosedForm(WeightedMulticlassSample sample, double value) => null;

    /// <summary>The interval where every resample gave the same figure, so that resampling knows nothing.</summary>
    internal virtual Interval Degenerate(WeightedMulticlassSample sample, double value) =>
        Interval.None("no interval: every bootstrap resample gave the same figure");
}
