using MedTune.Reports;

namespace MedTune.Tests.Reports;

/// <summary>Drawn risks and outcomes with the curves and figures that belong to them, so that sample reports agree with themselves.</summary>
internal sealed record SamplePredictions(IReadOnlyList<double> Probabilities, IReadOnlyList<int> Targets)
{
    /// <summary>Rows with the outcome.</summary>
    public int Events => Targets.Sum();

    /// <summary>Draws rows whose log-odds differ between the outcomes by <paramref name="distance"/> standard deviations.</summary>
    public static SamplePredictions Draw(int count, double prevalence, double distance, int seed)
    {
        var random = new Random(seed);
        var probabilities = new double[count];
        var targets = new int[count];
        for (int row = 0; row < count; row++)
        {
            targets[row] = random.NextDouble() < prevalence ? 1 : 0;
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

            // Two normal distributions a distance d apart give the log-odds d * z - d^2 / 2 + logit(prevalence).
            double z = normal + (targets[row] * distance);
            double logit = (distance * z) - (distance * distance / 2) + Math.Log(prevalence / (1 - prevalence));
            probabilities[row] = Math.Round(1 / (1 + Math.Exp(-logit)), 6);
        }

        return new SamplePredictions(probabilities, targets);
    }

    /// <summary>The figures of these rows at a threshold.</summary>
    public EvaluationPart Part(PartKind kind, double threshold, string rule)
    {
        int tp = Count(threshold, 1);
        int fp = Count(threshold, 0);
        int positives = Events;
        int negatives = Targets.Count - positives;
        double auroc = Auroc();
        double half = 1.96 * Math.Sqrt(auroc * (1 - auroc) / Math.Min(positives, negatives) / 1.6);
        double slopeHalf = 2.4 / Math.Sqrt(positives);
        return new EvaluationPart
        {
            Kind = kind,
            Samples = Targets.Count,
            Events = positives,
            Threshold = threshold,
            ThresholdRule = rule,
            Confusion = ConfusionCounts.OfTwo("no", "yes", negatives - fp, fp, positives - tp, tp),
            Roc = Curve(),
            PrecisionRecall = PrecisionCurve(),
            Calibration = new CalibrationContent { Groups = Groups(Math.Min(10, Math.Max(4, Targets.Count / 12))) },
            Risks = RiskBin.Histogram(Probabilities, Targets),
            Metrics =
            [
                new MetricRow("brier", Probabilities.Zip(Targets, (p, t) => (p - t) * (p - t)).Average(), Method: "over patients"),
                new MetricRow("auroc", auroc, auroc - half, Math.Min(1, auroc + half), "DeLong"),
                new MetricRow("average_precision", 0.88, 0.79, 0.95, "bootstrap"),
                new MetricRow("log_loss", Probabilities.Zip(Targets, (p, t) => -Math.Log(t == 1 ? p : 1 - p)).Average(), 0.29, 0.47, "over patients"),
                new MetricRow("calibration_slope", 0.96, 0.96 - slopeHalf, 0.96 + slopeHalf, "Wald"),
                new MetricRow("calibration_intercept", 0.05, 0.05 - slopeHalf, 0.05 + slopeHalf, "Wald"),
                Share("recall", tp, positives),
                Share("specificity", negatives - fp, negatives),
                Share("precision", tp, tp + fp),
                Share("npv", negatives - fp, negatives - fp + positives - tp),
                Share("accuracy", tp + negatives - fp, Targets.Count),
                new MetricRow("f1", 2.0 * tp / ((2 * tp) + fp + positives - tp)),
            ],
        };
    }

    private static MetricRow Share(string name, int count, int total)
    {
        (double low, double high) = Wilson(count, total);
        return new MetricRow(name, (double)count / total, low, high, "Wilson");
    }

    private static (double Low, double High) Wilson(int count, int total)
    {
        const double z = 1.959964;
        double share = (double)count / total;
        double center = (share + (z * z / (2 * total))) / (1 + (z * z / total));
        double half = z * Math.Sqrt((share * (1 - share) / total) + (z * z / (4.0 * total * total))) / (1 + (z * z / total));
        return (center - half, center + half);
    }

    private int Count(double threshold, int target) =>
        Enumerable.Range(0, Targets.Count).Count(row => Targets[row] == target && Probabilities[row] >= threshold);

    private double Auroc()
    {
        double wins = 0;
        int negatives = Targets.Count - Events;
        for (int i = 0; i < Targets.Count; i++)
        {
            for (int j = 0; Targets[i] == 1 && j < Targets.Count; j++)
            {
                wins += Targets[j] == 1 ? 0 : Probabilities[i] > Probabilities[j] ? 1 : Probabilities[i] == Probabilities[j] ? 0.5 : 0;
            }
        }

        return wins / ((double)Events * negatives);
    }

    private List<CurvePoint> Curve()
    {
        var points = new List<CurvePoint> { new(0, 0) };
        int tp = 0;
        int fp = 0;
        foreach (int row in Enumerable.Range(0, Targets.Count).OrderByDescending(row => Probabilities[row]))
        {
            (tp, fp) = Targets[row] == 1 ? (tp + 1, fp) : (tp, fp + 1);
            points.Add(new CurvePoint((double)fp / (Targets.Count - Events), (double)tp / Events));
        }

        return points;
    }

    private List<CurvePoint> PrecisionCurve()
    {
        var points = new List<CurvePoint>();
        int tp = 0;
        int flagged = 0;
        foreach (int row in Enumerable.Range(0, Targets.Count).OrderByDescending(row => Probabilities[row]))
        {
            tp += Targets[row];
            flagged++;
            points.Add(new CurvePoint((double)tp / Events, (double)tp / flagged));
        }

        return points;
    }

    private List<RiskGroup> Groups(int count)
    {
        int[] order = [.. Enumerable.Range(0, Targets.Count).OrderBy(row => Probabilities[row])];
        var groups = new List<RiskGroup>();
        for (int group = 0; group < count; group++)
        {
            int[] rows = order[(group * order.Length / count)..((group + 1) * order.Length / count)];
            int events = rows.Sum(row => Targets[row]);
            (double low, double high) = Wilson(events, rows.Length);
            groups.Add(new RiskGroup(rows.Average(row => Probabilities[row]), (double)events / rows.Length, low, high, rows.Length));
        }

        return groups;
    }
}
