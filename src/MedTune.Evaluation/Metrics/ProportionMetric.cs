namespace MedTune.Evaluation;

/// <summary>A metric that is a share of rows: of those that count, how many succeed. Wilson's interval; with repeated patients the patient bootstrap.</summary>
internal abstract class ProportionMetric : BinaryMetric
{
    private protected ProportionMetric()
    {
    }

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.Decisions;

    /// <inheritdoc/>
    public override string Citation =>
        "Wilson, J Am Stat Assoc 1927;22:209-212 (interval); Newcombe, Stat Med 1998;17:857-872, method 3";

    /// <summary>Whether rows of this target and decision are in the denominator.</summary>
    private protected abstract bool Counts(bool target, bool decision);

    /// <summary>Whether a row in the denominator is in the numerator.</summary>
    private protected abstract bool Succeeds(bool target, bool decision);

    internal override double Value(WeightedBinarySample sample)
    {
        (long successes, long trials) = Share(sample.Confusion);
        return trials == 0 ? double.NaN : (double)successes / trials;
    }

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value)
    {
        if (sample.Rows.IsClustered)
        {
            return null;
        }
        (long successes, long trials) = Share(sample.Confusion);
        return WilsonInterval.Of(successes, trials, sample.Options);
    }

    /// <summary>At 0 and 1 all patients agree: each counts once, as if a patient's rows told no more than one.</summary>
    internal override Interval Degenerate(WeightedBinarySample sample, double value)
    {
        HashSet<int> patients = [];
        BinarySample rows = sample.Rows;
        for (int i = 0; i < rows.Count; i++)
        {
            if (Counts(rows.Targets[i] == 1, rows.Decisions[i]))
            {
                patients.Add(rows.Units[i]);
            }
        }
        Interval interval = WilsonInterval.Of(value, patients.Count, sample.Options);
        return interval with { Method = interval.Method + " on the number of patients" };
    }

    private (long Successes, long Trials) Share(ConfusionMatrix cells)
    {
        long successes = 0;
        long trials = 0;
        Add(true, true, cells.TruePositives);
        Add(true, false, cells.FalseNegatives);
        Add(false, true, cells.FalsePositives);
        Add(false, false, cells.TrueNegatives);
        return (successes, trials);

        void Add(bool target, bool decision, long rows)
        {
            if (Counts(target, decision))
            {
                trials += rows;
                successes += Succeeds(target, decision) ? rows : 0;
            }
        }
    }
}
