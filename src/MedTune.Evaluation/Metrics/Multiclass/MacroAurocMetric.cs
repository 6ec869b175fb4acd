using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>Mean over the classes of the area under the ROC curve of each class against the rest.</summary>
internal sealed class MacroAurocMetric : MulticlassMetric
{
    public override string Name => "macro_auroc";

    public override string Title => "AUROC, mean of classes";

    public override string Meaning => "Mean over the classes of the AUROC of that class against the rest, each class counting alike.";

    public override string Citation =>
        "Provost and Domingos, Machine Learning 2003;52:199-215 (classes unweighted); interval: structural components of DeLong et al., Biometrics 1988;44:837-845, summed over the classes row by row";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    internal override string WhyUndefined => "undefined: all rows are of one class";

    internal override double Value(WeightedMulticlassSample sample)
    {
        double sum = 0;
        int classes = 0;
        foreach (BinarySample rows in sample.Against)
        {
            double area = DeLong.Area(rows.Blocks, rows.Targets, []);
            if (!double.IsNaN(area))
            {
                sum += area;
                classes++;
            }
        }
        return classes == 0 ? double.NaN : sum / classes;
    }

    /// <summary>
    /// The mean area is, to first order, a sum over rows: each row moves the area of every class by its component over the size of
    /// its side. The sum of the squares of these moves, rows of a patient taken together, is the variance: one sweep instead of a bootstrap.
    /// </summary>
    internal override Interval? ClosedForm(WeightedMulticlassSample sample, double value)
    {
        double[] moves = new double[sample.Rows.UnitCount];
        int classes = 0;
        foreach (BinarySample rows in sample.Against)
        {
            classes += AddMoves(rows, moves) ? 1 : 0;
        }
        double variance = 0;
        foreach (double move in moves)
        {
            variance += move * move;
        }
        variance /= (double)classes * classes;
        if (!(variance > 1e-24) || value <= 0 || value >= 1)
        {
            return Interval.None("no interval: DeLong's variance is 0, as the classes are separated perfectly or not at all");
        }
        string who = sample.Rows.IsClustered ? "DeLong components summed by patient" : "DeLong components";
        double half = sample.Options.NormalQuantile * Math.Sqrt(variance) / (value * (1 - value));
        double logit = DoubleMath.Log(value / (1 - value));
        return new Interval(DoubleMath.Sigmoid(logit - half), DoubleMath.Sigmoid(logit + half), $"{sample.Options.Percent} interval, {who}, logit scale");
    }

    private static bool AddMoves(BinarySample rows, double[] moves)
    {
        double area = DeLong.Area(rows.Blocks, rows.Targets, []);
        if (double.IsNaN(area))
        {
            return false;
        }
        double[] components = DeLong.Components(rows.Blocks, rows.Targets);
        double positives = rows.Targets.Sum();
        double negatives = rows.Count - positives;
        for (int i = 0; i < rows.Count; i++)
        {
            moves[rows.Units[i]] += (components[i] - area) / (rows.Targets[i] == 1 ? positives : negatives);
        }
        return true;
    }
}
