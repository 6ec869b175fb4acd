namespace MedTune.Evaluation;

/// <summary>Computes the several-class metrics on one sample: the figures first, then closed intervals, then one bootstrap for the rest.</summary>
internal sealed class MulticlassEstimates
{
    private readonly WeightedMulticlassSample _sample;
    private readonly WeightedMulticlassSample _resampled;
    private readonly List<(MulticlassMetric Metric, double Value)> _open = [];

    public MulticlassEstimates(WeightedMulticlassSample sample)
    {
        _sample = sample;
        _resampled = new WeightedMulticlassSample(sample.Rows, sample.Against, sample.Options);
        foreach (MulticlassMetric metric in MetricRegistry.Multiclass)
        {
            double value = metric.Value(sample);
            if (!double.IsFinite(value))
            {
                Found.Add(metric.Name, Estimate.Undefined(metric.WhyUndefined));
            }
            else if (metric.ClosedForm(sample, value) is Interval interval)
            {
                Found.Add(metric.Name, interval.Around(value));
            }
            else
            {
                _open.Add((metric, value));
            }
        }
    }

    public Dictionary<string, Estimate> Found { get; } = [];

    public int Open => _open.Count;

    public void Measure(ReadOnlySpan<int> unitCounts, Span<double> figures)
    {
        _resampled.Draw(unitCounts);
        for (int i = 0; i < _open.Count; i++)
        {
            figures[i] = _open[i].Metric.Value(_resampled);
        }
    }

    public void Close(ReadOnlySpan<double[]> replicates)
    {
        for (int i = 0; i < _open.Count; i++)
        {
            (MulticlassMetric metric, double value) = _open[i];
            Interval interval = Bootstrap.Percentile(replicates[i], _sample.Rows.IsClustered, _sample.Options) ?? metric.Degenerate(_sample, value);
            Found.Add(metric.Name, interval.Around(value));
        }
        _open.Clear();
    }
}
