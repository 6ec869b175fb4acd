namespace MedTune.Evaluation;

/// <summary>One figure that can be computed from predictions and targets: its name, what it means and where it comes from.</summary>
public abstract class Metric
{
    private protected Metric()
    {
    }

    /// <summary>The key in <c>metrics.json</c>, in snake case: <c>average_precision</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What a report calls it: <c>Average precision</c>.</summary>
    public abstract string Title { get; }

    /// <summary>One sentence that says what it measures.</summary>
    public abstract string Meaning { get; }

    /// <summary>Where definition and interval come from.</summary>
    public abstract string Citation { get; }

    /// <summary>What it is computed from.</summary>
    public abstract MetricNeeds Needs { get; }

    /// <summary>Which way it improves. Default: higher is better.</summary>
    public virtual MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <summary>The value of a perfect model; NaN for a descriptive metric. Default 1.</summary>
    public virtual double Ideal => 1;

    /// <summary>The lowest value it can take. Default 0.</summary>
    public virtual double Minimum => 0;

    /// <summary>The highest value it can take. Default 1.</summary>
    public virtual double Maximum => 1;
}
