using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>
/// Several-class predictions in one canonical order (target, then probabilities, fold and patient), so that every sum and every
/// bootstrap draw is the same whatever order the rows came in.
/// </summary>
internal sealed class MulticlassSample
{
    private double[]? _losses;
    private double[]? _squaredErrors;

    private MulticlassSample(MulticlassPredictions predictions, int[] order)
    {
        Classes = predictions.ClassNames.Length;
        Targets = new int[order.Length];
        Decisions = new int[order.Length];
        Probabilities = new double[predictions.Probabilities.Length];
        int[]? groups = predictions.Groups is null ? null : new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            Targets[i] = predictions.Targets[order[i]];
            ReadOnlySpan<double> row = predictions.Probabilities.AsSpan(order[i] * Classes, Classes);
            row.CopyTo(Probabilities.AsSpan(i * Classes));
            Decisions[i] = Largest(row);
            if (groups is not null)
            {
                groups[i] = predictions.Groups![order[i]];
            }
        }
        (Units, UnitCount) = ResamplingUnits.Of(groups, order.Length);
    }

    public int Classes { get; }

    public int Count => Targets.Length;

    /// <summary>Row-major, rows x classes.</summary>
    public double[] Probabilities { get; }

    public int[] Targets { get; }

    /// <summary>The class with the highest probability; of equal ones the first.</summary>
    public int[] Decisions { get; }

    /// <summary>What the bootstrap draws: the patient of each row, or the row itself, numbered from 0.</summary>
    public int[] Units { get; }

    public int UnitCount { get; }

    public bool IsClustered => UnitCount < Count;

    /// <summary>-log of the (clipped) probability given to the true class, per row.</summary>
    public double[] Losses => _losses ??= MapRows((row, target) => -DoubleMath.Log(Math.Max(Probabilities[(row * Classes) + target], BinarySample.Clip)));

    /// <summary>Squared distance between the probabilities and the true class, summed over the classes, per row.</summary>
    public double[] SquaredErrors => _squaredErrors ??= MapRows(SquaredError);

    public static MulticlassSample Of(MulticlassPredictions predictions)
    {
        int classes = predictions.ClassNames.Length;
        int[] order = new int[predictions.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        order.AsSpan().Sort(Compare);
        return new MulticlassSample(predictions, order);

        int Compare(int a, int b)
        {
            int result = predictions.Targets[a].CompareTo(predictions.Targets[b]);
            for (int k = 0; result == 0 && k < classes; k++)
            {
                // Adding 0 makes -0 and 0 one number.
                result = (predictions.Probabilities[(a * classes) + k] + 0.0).CompareTo(predictions.Probabilities[(b * classes) + k] + 0.0);
            }
            result = result != 0 || predictions.Folds is null ? result : predictions.Folds[a].CompareTo(predictions.Folds[b]);
            return result != 0 || predictions.Groups is null ? result : predictions.Groups[a].CompareTo(predictions.Groups[b]);
        }
    }

    /// <summary>One class against the rest; a row is called positive where that class is its decision.</summary>
    public BinarySample Against(int classIndex)
    {
        double[] probabilities = new double[Count];
        int[] targets = new int[Count];
        bool[] decisions = new bool[Count];
        for (int i = 0; i < Count; i++)
        {
            probabilities[i] = Probabilities[(i * Classes) + classIndex];
            targets[i] = Targets[i] == classIndex ? 1 : 0;
            decisions[i] = Decisions[i] == classIndex;
        }
        return BinarySample.Of(probabilities, targets, decisions, Units, UnitCount);
    }

    private static int Largest(ReadOnlySpan<double> row)
    {
        int best = 0;
        for (int k = 1; k < row.Length; k++)
        {
            best = row[k] > row[best] ? k : best;
        }
        return best;
    }

    private double SquaredError(int row, int target)
    {
        double sum = 0;
        for (int k = 0; k < Classes; k++)
        {
            double difference = Probabilities[(row * Classes) + k] - (k == target ? 1 : 0);
            sum += difference * difference;
        }
        return sum;
    }

    private double[] MapRows(Func<int, int, double> function)
    {
        double[] values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = function(i, Targets[i]);
        }
        return values;
    }
}
