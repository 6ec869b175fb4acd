namespace MedTune.Evaluation;

/// <summary>Compares two models in the area under the ROC curve.</summary>
internal static class PairedAuroc
{
    public static PairedDifference Of(PairedRows rows, double[] first, double[] second, int[] targets)
    {
        DeLongTest test = DeLongTest.Compare(first, second, targets, rows.Options.Confidence);
        (Estimate difference, double p) = rows.IsClustered && test.Difference.IsDefined
            ? Resample(rows, first, second, targets, test.Difference.Value)
            : (test.Difference, test.PValue);
        double[] folds = [.. rows.Folds.Select(fold => FoldDifference(fold, first, second, targets))];
        return rows.WithFolds("auroc", difference, p, folds);
    }

    /// <summary>The area as a function of how often each row counts; NaN where a class is missing.</summary>
    public static Func<int[], double> AreaOf(double[] probabilities, int[] targets)
    {
        BinarySample sample = Sample(probabilities, targets);
        return weights => Area(sample, weights);
    }

    private static (Estimate Difference, double PValue) Resample(PairedRows rows, double[] first, double[] second, int[] targets, double difference)
    {
        Func<int[], double> one = AreaOf(first, targets);
        Func<int[], double> other = AreaOf(second, targets);
        return rows.Resample(difference, weights => other(weights) - one(weights));
    }

    /// <summary>A sample whose units are the positions of the rows, so that weights by position can be looked up.</summary>
    private static BinarySample Sample(double[] probabilities, int[] targets) =>
        BinarySample.Of(probabilities, targets, new bool[targets.Length], [.. Enumerable.Range(0, targets.Length)], targets.Length);

    private static double Area(BinarySample sample, int[] weights)
    {
        int[] sorted = new int[weights.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = weights[sample.Units[i]];
        }
        return DeLong.Area(sample.Blocks, sample.Targets, sorted);
    }

    private static double FoldDifference(int[] fold, double[] first, double[] second, int[] targets)
    {
        int[] some = [.. fold.Select(i => targets[i])];
        BinarySample one = Sample([.. fold.Select(i => first[i])], some);
        BinarySample other = Sample([.. fold.Select(i => second[i])], some);
        return DeLong.Area(other.Blocks, other.Targets, []) - DeLong.Area(one.Blocks, one.Targets, []);
    }
}
