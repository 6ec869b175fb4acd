namespace MedTune.Graphs.Operators;

/// <summary>The reference of every matrix product: plain double code, each output one chain of multiply, then add, over k from zero.</summary>
internal static class DoubleProduct
{
    /// <summary>C = A · B over contiguous row-major matrices, A [m, k] or [k, m] when transposed, B [k, n] or [n, k] when transposed.</summary>
    public static void Multiply(int m, int n, int k, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB, Span<double> c)
    {
        c = c[..(m * n)];
        if (!transposeA && (transposeB || n == 1))
        {
            RowsByRows(m, n, k, a, b, c);
            return;
        }

        // Whole rows of C at a time; for one output the terms still come in the order of k.
        c.Clear();
        for (int i = 0; i < m; i++)
        {
            var row = c.Slice(i * n, n);
            for (int l = 0; l < k; l++)
            {
                double factor = a[transposeA ? (l * m) + i : (i * k) + l];
                if (transposeB)
                {
                    for (int j = 0; j < row.Length; j++)
                    {
                        row[j] += factor * b[(j * k) + l];
                    }
                }
                else
                {
                    var terms = b.Slice(l * n, row.Length);
                    for (int j = 0; j < row.Length; j++)
                    {
                        row[j] += factor * terms[j];
                    }
                }
            }
        }
    }

    /// <summary>Adds the product of two rows, left [p] by right [q], to C [p, q].</summary>
    public static void AddOuter(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> c)
    {
        if (right.Length == 1)
        {
            double factor = right[0];
            c = c[..left.Length];
            for (int i = 0; i < c.Length; i++)
            {
                c[i] += left[i] * factor;
            }

            return;
        }

        for (int i = 0; i < left.Length; i++)
        {
            double factor = left[i];
            var row = c.Slice(i * right.Length, right.Length);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] += factor * right[j];
            }
        }
    }

    private static void RowsByRows(int m, int n, int k, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c)
    {
        int i = 0;

        // Four rows side by side hide the latency of the additions; every chain stays as it is.
        for (; i + 4 <= m; i += 4)
        {
            var a0 = a.Slice(i * k, k);
            var a1 = a.Slice((i + 1) * k, k);
            var a2 = a.Slice((i + 2) * k, k);
            var a3 = a.Slice((i + 3) * k, k);
            for (int j = 0; j < n; j++)
            {
                var terms = b.Slice(j * k, k);
                double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
                for (int l = 0; l < terms.Length; l++)
                {
                    double term = terms[l];
                    s0 += a0[l] * term;
                    s1 += a1[l] * term;
                    s2 += a2[l] * term;
                    s3 += a3[l] * term;
                }

                c[(i * n) + j] = s0;
                c[((i + 1) * n) + j] = s1;
                c[((i + 2) * n) + j] = s2;
                c[((i + 3) * n) + j] = s3;
            }
        }

        for (; i < m; i++)
        {
            var row = a.Slice(i * k, k);
            for (int j = 0; j < n; j++)
            {
                var terms = b.Slice(j * k, k);
                double sum = 0;
                for (int l = 0; l < terms.Length; l++)
                {
                    sum += row[l] * terms[l];
                }

                c[(i * n) + j] = sum;
            }
        }
    }
}
