namespace MedTune.Data;

/// <summary>The distance between two groups in a column, in units of their spread.</summary>
/// <remarks>Austin PC, Stat Med 2009;28:3083-3107 (numbers, yes/no); Yang D, Dalton JE, SAS Global Forum 2012, paper 335 (several levels).</remarks>
internal static class StandardizedDifference
{
    /// <summary>|difference of the means| over the root of the mean variance; 0 where both are the same number, NaN where only the spread is 0.</summary>
    public static double OfNumbers(double firstMean, double firstDeviation, double secondMean, double secondDeviation)
    {
        double spread = Math.Sqrt(((firstDeviation * firstDeviation) + (secondDeviation * secondDeviation)) / 2);
        double difference = Math.Abs(firstMean - secondMean);
        return difference == 0 ? 0 : spread > 0 ? difference / spread : double.NaN;
    }

    /// <summary>The Mahalanobis distance of two distributions over levels under their mean covariance; NaN where a level separates the groups wholly.</summary>
    /// <param name="first">Counts of the first group by level.</param>
    /// <param name="second">Counts of the second.</param>
    public static double OfLevels(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        double firstTotal = Total(first);
        double secondTotal = Total(second);
        var shares = new List<(double First, double Second)>();
        for (int level = 0; level < first.Length; level++)
        {
            if (first[level] + second[level] > 0)
            {
                shares.Add((first[level] / firstTotal, second[level] / secondTotal));
            }
        }

        // The shares add up to 1: one level is left out, whichever.
        int size = shares.Count - 1;
        var matrix = new double[Math.Max(size, 0), Math.Max(size, 0) + 1];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                matrix[i, j] = i == j
                    ? ((shares[i].First * (1 - shares[i].First)) + (shares[i].Second * (1 - shares[i].Second))) / 2
                    : -((shares[i].First * shares[j].First) + (shares[i].Second * shares[j].Second)) / 2;
            }

            matrix[i, size] = shares[i].First - shares[i].Second;
        }

        return size <= 0 ? 0 : Distance(matrix, size);
    }

    /// <summary>The root of d' S^-1 d by elimination of [S | d]; S is symmetric and positive semidefinite.</summary>
    private static double Distance(double[,] matrix, int size)
    {
        double squares = 0;
        for (int pivot = 0; pivot < size; pivot++)
        {
            if (matrix[pivot, pivot] <= 1e-12)
            {
                if (Math.Abs(matrix[pivot, size]) <= 1e-12)
                {
                    continue;
                }

                return double.NaN;
            }

            squares += matrix[pivot, size] * matrix[pivot, size] / matrix[pivot, pivot];
            for (int row = pivot + 1; row < size; row++)
            {
                double factor = matrix[row, pivot] / matrix[pivot, pivot];
                for (int column = pivot; column <= size; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                }
            }
        }

        return Math.Sqrt(squares);
    }

    private static double Total(ReadOnlySpan<int> counts)
    {
        long total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        return total;
    }
}
