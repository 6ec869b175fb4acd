namespace MedTune.Evaluation;

/// <summary>How much better the Brier score is than that of always saying the prevalence.</summary>
internal sealed class ScaledBrierMetric : BinaryMetric
{
    public override string Name => "scaled_brier";

    public override string Title => "Scaled Brier score";

    public override string Meaning => "1 - Brier score over that of always predicting the prevalence: 1 perfect, 0 no better than the prevalence, below 0 worse.";

    public override string Citation => "Steyerberg et al., Epidemiology 2010;21:128-138";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override double Minimum => double.NegativeInfinity;

    internal override double Value(WeightedBinarySample sample)
    {
        double prevalence = (double)sample.Positives / sample.Total;
        double reference = prevalence * (1 - prevalence);
        return reference == 0 ? double.NaN : 1 - (sample.Sum(sample.Rows.SquaredErrors) / sample.Total / reference);
    }

    internal override string WhyUndefined(WeightedBinarySample sample) => OneClass(sample);
}
