namespace MedTune.Training;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by rotations (Jacobi, 1846).</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    /// <summary>Takes a matrix apart.</summary>
    /// <param name="matrix">Symmetric; not changed.</param>
    /// <returns>The values in no order, and the vector of each as a column.</returns>
    public static (double[] Values, double[,] Vectors) Of(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone(), vectors = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            vectors[i, i] = 1;
        }

        for (int sweep = 0; sweep < MostSweeps && Rest(a) > 0; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(a, vectors, p, q);
                }
            }
        }

        return ([.. Enumerable.Range(0, n).Select(i => a[i, i])], vectors);
    }

    /// <summary>The sum of squares beside the diagonal; 0 where it is rounding.</summary>
    private static double Rest(double[,] a)
    {
        (double beside, double on) = (0, 0);
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(0); j++)
            {
                (beside, on) = i == j ? (beside, on + (a[i, i] * a[i, i])) : (beside + (a[i, j] * a[i, j]), on);
            }
        }

        return beside > 1e-30 * on ? beside : 0;
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0)
        {
            return;
        }

        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int k = 0; k < a.GetLength(0); k++)
        {
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        }

        for (int k = 0; k < a.GetLength(0); k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
            (vectors[k, p], vectors[k, q]) = ((c * vectors[k, p]) - (s * vectors[k, q]), (s * vectors[k, p]) + (c * vectors[k, q]));
        }
    }
}
