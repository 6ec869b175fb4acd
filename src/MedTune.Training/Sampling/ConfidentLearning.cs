using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>Which labels are probably wrong, from predictions that did not see them (Northcutt, Jiang and Chuang, "Confident learning", JAIR 70, 2021).</summary>
/// <remarks>A class's threshold is the mean probability of that class among the samples labelled so. A sample is confidently another class where that class's probability reaches its
/// threshold, and it is the most probable of those that do.</remarks>
/// <param name="Thresholds">The mean self-confidence of each class.</param>
/// <param name="Joint">Estimated share of all samples by label (row) and true class (column); sums to 1.</param>
/// <param name="Believed">The class that each sample confidently is; its label where there is none.</param>
/// <param name="Quality">For each sample the probability of its label minus the largest other one, -1 to 1: the lower, the sooner it should be read again.</param>
public sealed record ConfidentLearning(ImmutableArray<double> Thresholds, ImmutableArray<ImmutableArray<double>> Joint, ImmutableArray<int> Believed, ImmutableArray<double> Quality)
{
    /// <summary>The estimated share of wrong labels.</summary>
    public double NoiseRate => 1 - Joint.Select((row, label) => row[label]).Sum();

    /// <summary>Looks for wrong labels.</summary>
    /// <param name="probabilities">Out-of-fold probabilities, [sample, class], sample after sample.</param>
    /// <param name="labels">The class of each sample; each class at least once.</param>
    /// <param name="classes">How many classes there are, at least 2.</param>
    /// <exception cref="ArgumentException">The lengths disagree, a label or a probability is out of range, or a class has no sample.</exception>
    public static ConfidentLearning Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        Check(probabilities, labels, classes);
        double[] thresholds = new double[classes];
        int[] counts = new int[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            counts[labels[i]]++;
            thresholds[labels[i]] += probabilities[(i * classes) + labels[i]];
        }

        for (int label = 0; label < classes; label++)
        {
            thresholds[label] = counts[label] > 0
                ? thresholds[label] / counts[label]
                : throw new ArgumentException($"Class {label} has no sample, so nothing can be said about its labels.", nameof(labels));
        }

        int[,] confident = new int[classes, classes];
        var believed = ImmutableArray.CreateBuilder<int>(labels.Length);
        var quality = ImmutableArray.CreateBuilder<double>(labels.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            var row = probabilities.Slice(i * classes, classes);
            int found = Confident(row, thresholds);
            if (found >= 0)
            {
                confident[labels[i], found]++;
            }

            believed.Add(found >= 0 ? found : labels[i]);
            quality.Add(row[labels[i]] - Largest(row, labels[i]));
        }

        return new ConfidentLearning([.. thresholds], Calibrated(confident, counts, labels.Length), believed.MoveToImmutable(), quality.MoveToImmutable());
    }

    /// <summary>The class whose threshold is reached, the most probable of several; -1 for none.</summary>
    private static int Confident(ReadOnlySpan<double> row, double[] thresholds)
    {
        int found = -1;
        for (int label = 0; label < row.Length; label++)
        {
            found = row[label] >= thresholds[label] && (found < 0 || row[label] > row[found]) ? label : found;
        }

        return found;
    }

    private static double Largest(ReadOnlySpan<double> row, int without)
    {
        double largest = double.NegativeInfinity;
        for (int label = 0; label < row.Length; label++)
        {
            largest = label == without ? largest : Math.Max(largest, row[label]);
        }

        return largest;
    }

    /// <summary>The counts with each row scaled to its class's number of samples, as shares.</summary>
    private static ImmutableArray<ImmutableArray<double>> Calibrated(int[,] confident, int[] counts, int samples)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<double>>(counts.Length);
        for (int label = 0; label < counts.Length; label++)
        {
            int sum = Enumerable.Range(0, counts.Length).Sum(column => confident[label, column]);
            double share = (double)counts[label] / samples;
            rows.Add([.. Enumerable.Range(0, counts.Length).Select(column => sum == 0 ? (column == label ? share : 0) : share * confident[label, column] / sum)]);
        }

        return rows.MoveToImmutable();
    }

    private static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (labels.IsEmpty || probabilities.Length != labels.Length * (long)classes)
        {
            throw new ArgumentException($"{labels.Length} samples of {classes} classes do not have {probabilities.Length} probabilities.", nameof(probabilities));
        }

        foreach (double probability in probabilities)
        {
            if (!(probability is >= 0 and <= 1))
            {
                throw new ArgumentException("A probability is not from 0 to 1.", nameof(probabilities));
            }
        }

        foreach (int label in labels)
        {
            if (label < 0 || label >= classes)
            {
                throw new ArgumentException($"A label is not from 0 to {classes - 1}.", nameof(labels));
            }
        }
    }
}
