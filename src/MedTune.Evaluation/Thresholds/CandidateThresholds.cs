namespace MedTune.Evaluation;

/// <summary>Every way to cut the predictions, from calling all rows positive to calling none.</summary>
internal sealed class CandidateThresholds
{
    private readonly List<Cut> _cuts;

    private CandidateThresholds(List<Cut> cuts) => _cuts = cuts;

    public bool HasBothClasses => _cuts[0].Positives > 0 && _cuts[0].Negatives > 0;

    public static CandidateThresholds Of(BinaryPredictions predictions)
    {
        BinarySample rows = BinarySample.Of(predictions, [0.5]);
        int positives = rows.Targets.Sum();
        int negatives = rows.Count - positives;
        List<Cut> cuts = [];
        int positivesBelow = 0;
        for (int block = 0; block < rows.Blocks.Length; block++)
        {
            int first = rows.Blocks[block];
            cuts.Add(new Cut(
                ThresholdBefore(rows, first),
                positives - positivesBelow,
                negatives - (first - positivesBelow),
                positives,
                negatives));
            for (int i = first; block + 1 < rows.Blocks.Length && i < rows.Blocks[block + 1]; i++)
            {
                positivesBelow += rows.Targets[i];
            }
        }
        return new CandidateThresholds(cuts);
    }

    /// <summary>What a given threshold reaches.</summary>
    public ThresholdChoice At(double threshold)
    {
        // The first cut whose lowest called row reaches the threshold calls the same rows.
        Cut cut = _cuts[0];
        foreach (Cut candidate in _cuts)
        {
            if (candidate.RowAbove >= threshold)
            {
                cut = candidate;
                break;
            }
        }
        return Choice(cut, true) with { Threshold = threshold };
    }

    /// <summary>The cut with the largest figure; of equal ones the lowest (most sensitive) or the highest.</summary>
    public ThresholdChoice Best(Func<Cut, double> figure, bool preferLow)
    {
        Cut best = _cuts[0];
        foreach (Cut cut in _cuts)
        {
            double difference = figure(cut) - figure(best);
            if (difference > 0 || (difference == 0 && !preferLow))
            {
                best = cut;
            }
        }
        return Choice(best, true);
    }

    /// <summary>The first cut from one end whose figure reaches the level; where none does, the cut with the largest figure.</summary>
    public ThresholdChoice First(double level, Func<Cut, double> figure, bool fromHigh)
    {
        IEnumerable<Cut> order = fromHigh ? Enumerable.Reverse(_cuts) : _cuts;
        foreach (Cut cut in order)
        {
            // A count times a decimal level carries a rounding error: 9 of 10 must reach 0.9.
            if (figure(cut) >= level - 1e-12)
            {
                return Choice(cut, true);
            }
        }
        return Best(cut => double.IsNaN(figure(cut)) ? double.NegativeInfinity : figure(cut), preferLow: !fromHigh) with { IsReached = false };
    }

    private static ThresholdChoice Choice(Cut cut, bool reached) => new(cut.Threshold, cut.Sensitivity, cut.Specificity, reached);

    /// <summary>Halfway between a row and the one below it; 0 below all rows, above 1 only where a row has probability 1.</summary>
    private static (double Threshold, double RowAbove) ThresholdBefore(BinarySample rows, int first)
    {
        double[] p = rows.Probabilities;
        if (first == 0)
        {
            return (0, p[0]);
        }
        if (first == p.Length)
        {
            double last = p[^1];
            return (last < 1 ? Between(last, 1) : Math.BitIncrement(1.0), double.PositiveInfinity);
        }
        return (Between(p[first - 1], p[first]), p[first]);
    }

    /// <summary>A number above <paramref name="below"/> and at most <paramref name="above"/>.</summary>
    private static double Between(double below, double above)
    {
        double middle = below + ((above - below) / 2);
        return middle > below ? middle : above;
    }

    /// <summary>One cut and what it makes of the rows.</summary>
    internal readonly record struct Cut(double Threshold, double RowAbove, int TruePositives, int FalsePositives, int Positives, int Negatives)
    {
        public Cut((double Threshold, double RowAbove) place, int truePositives, int falsePositives, int positives, int negatives)
            : this(place.Threshold, place.RowAbove, truePositives, falsePositives, positives, negatives)
        {
        }

        public double Sensitivity => (double)TruePositives / Positives;

        public double Specificity => (double)(Negatives - FalsePositives) / Negatives;

        public double PositivePredictiveValue => (double)TruePositives / (TruePositives + FalsePositives);

        public double NegativePredictiveValue
        {
            get
            {
                double trueNegatives = Negatives - FalsePositives;
                return trueNegatives / (trueNegatives + Positives - TruePositives);
            }
        }

        /// <summary>(sensitivity + specificity - 1) times both counts: whole numbers, so equal J are equal.</summary>
        public double YoudenNumerator => ((double)TruePositives * Negatives) - ((double)FalsePositives * Positives);
    }
}
