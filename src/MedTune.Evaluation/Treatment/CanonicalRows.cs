namespace MedTune.Evaluation;

/// <summary>
/// Rows in an order that follows from what they hold, with the patients numbered in it: sums and resamples are then the same bits whatever order the rows came in.
/// </summary>
internal sealed class CanonicalRows
{
    private CanonicalRows(int[] order, int[] units, int unitCount)
    {
        Order = order;
        Units = units;
        UnitCount = unitCount;
    }

    /// <summary>The given row at each place.</summary>
    public int[] Order { get; }

    /// <summary>The unit (patient, or row) of each place.</summary>
    public int[] Units { get; }

    /// <summary>Patients, or rows where none repeats.</summary>
    public int UnitCount { get; }

    /// <summary>Rows.</summary>
    public int Count => Order.Length;

    /// <summary>Whether patients repeat.</summary>
    public bool IsClustered => UnitCount < Count;

    /// <summary>Sorts by the columns in turn, then by patient.</summary>
    /// <param name="groups">The patient of each row, or null.</param>
    /// <param name="columns">At least one; all that the figures read of a row.</param>
    public static CanonicalRows Of(int[]? groups, double[][] columns)
    {
        int[] order = new int[columns[0].Length];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }
        order.AsSpan().Sort((a, b) =>
        {
            foreach (double[] column in columns)
            {
                // Adding 0 makes -0 and 0 one number.
                int result = (column[a] + 0.0).CompareTo(column[b] + 0.0);
                if (result != 0)
                {
                    return result;
                }
            }
            return groups is null ? 0 : groups[a].CompareTo(groups[b]);
        });
        (int[] units, int count) = ResamplingUnits.Of(groups is null ? null : Array.ConvertAll(order, row => groups[row]), order.Length);
        return new CanonicalRows(order, units, count);
    }

    /// <summary>A column in this order.</summary>
    public T[] Take<T>(T[] column) => Array.ConvertAll(Order, row => column[row]);

    /// <summary>
    /// A figure with the t interval of its influences: what each row adds to the figure's error. They are summed by patient, so that rows of one patient do not count as
    /// independent (Liang and Zeger, Biometrika 1986;73:13-22).
    /// </summary>
    /// <param name="value">The figure.</param>
    /// <param name="influences">In this order; they sum to about 0.</param>
    /// <param name="options">The level.</param>
    public EffectEstimate Estimate(double value, double[] influences, EvaluationOptions options) =>
        EffectEstimates.Student(value, Error(influences), Count, UnitCount, IsClustered, options);

    /// <summary>The standard error from influences in this order; NaN for a single patient.</summary>
    public double Error(double[] influences)
    {
        double[] sums = new double[UnitCount];
        for (int i = 0; i < influences.Length; i++)
        {
            sums[Units[i]] += influences[i];
        }
        double squares = 0;
        foreach (double sum in sums)
        {
            squares += sum * sum;
        }
        return UnitCount < 2 ? double.NaN : Math.Sqrt(squares * UnitCount / (UnitCount - 1.0));
    }
}
