namespace MedTune.Evaluation;

/// <summary>The plain mean over the classes of a figure of each class against the rest: every class counts alike, however rare.</summary>
internal abstract class MacroMetric : MulticlassMetric
{
    private protected MacroMetric()
    {
    }

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.Decisions;

    /// <inheritdoc/>
    public override string Citation => "Sokolova and Lapalme, Inf Process Manage 2009;45:427-437; classes without rows are left out";

    /// <summary>The figure of one class from its four counts.</summary>
    private protected abstract double OfClass(ConfusionMatrix cells);

    internal override double Value(WeightedMulticlassSample sample)
    {
        double sum = 0;
        int classes = 0;
        for (int k = 0; k < sample.Rows.Classes; k++)
        {
            ConfusionMatrix cells = sample.Cells(k);
            if (cells.Positives > 0)
            {
                sum += OfClass(cells);
                classes++;
            }
        }
        return sum / classes;
    }

    /// <summary>The interval of the mean of the classes' recalls, which are independent proportions.</summary>
    private protected static Interval? OfRecalls(WeightedMulticlassSample sample, double value)
    {
        if (sample.Rows.IsClustered)
        {
            return null;
        }
        List<(long Successes, long Trials)> recalls = [];
        for (int k = 0; k < sample.Rows.Classes; k++)
        {
            ConfusionMatrix cells = sample.Cells(k);
            if (cells.Positives > 0)
            {
                recalls.Add((cells.TruePositives, cells.Positives));
            }
        }
        return MeanOfProportions.Of([.. recalls], value, sample.Options);
    }

    /// <summary>a / b, and 0 where b is 0.</summary>
    private protected static double Ratio(long a, long b) => b == 0 ? 0 : (double)a / b;
}
