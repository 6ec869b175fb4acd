using System.Globalization;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The machines of every pair of classes over common support vectors, which lie class by class. Coefficients are [classes - 1, vectors]: a vector of class i has, against class j, its
/// coefficient in row j - 1 when j lies behind i, else in row j.
/// </summary>
internal sealed class SupportPairs
{
    private readonly SupportKernel _kernel;
    private readonly double[] _vectors;
    private readonly double[] _coefficients;
    private readonly double[] _rho;
    private readonly double[] _values;
    private readonly int[] _starts;
    private readonly int _columns;

    public SupportPairs(KernelContext context, int classes, int columns)
    {
        var attributes = context.Attributes;
        _kernel = new SupportKernel(context.Node);
        double[] Numbers(string name) => attributes.Floats(name) is { IsDefault: false } list ? [.. list.Select(value => (double)value)] : [];
        (_vectors, _coefficients, _rho, _columns) = (Numbers("support_vectors"), Numbers("coefficients"), Numbers("rho"), columns);
        _starts = new int[classes + 1];
        var counts = attributes.Ints("vectors_per_class");
        bool fits = counts.Length == classes && counts.All(count => count is >= 0 and < 1 << 28);
        for (int i = 0; i < classes && fits; i++)
        {
            _starts[i + 1] = checked(_starts[i] + (int)counts[i]);
        }

        int total = _starts[^1];
        _values = new double[total];
        if (!fits || classes < 2 || _vectors.Length != total * columns || _coefficients.Length != (classes - 1) * total || _rho.Length < classes * (classes - 1) / 2)
        {
            throw context.Error(string.Create(
                CultureInfo.InvariantCulture, $"its {total} support vectors, {_coefficients.Length} coefficients and {_rho.Length} offsets do not fit {classes} classes and {columns} columns."));
        }
    }

    /// <summary>The sum of each pair (0, 1), (0, 2), ... (1, 2), ... for a row, and how many pairs vote for each class: for the first where the sum is above 0.</summary>
    public void Sum(ReadOnlySpan<double> x, Span<double> sums, Span<double> votes)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = _kernel.Of(x, _vectors.AsSpan(i * _columns, _columns));
        }

        votes.Clear();
        for (int i = 0, pair = 0; i < votes.Length; i++)
        {
            for (int j = i + 1; j < votes.Length; j++, pair++)
            {
                sums[pair] = Part(i, j - 1) + Part(j, i) + _rho[pair];
                votes[sums[pair] > 0 ? i : j]++;
            }
        }
    }

    /// <summary>What the vectors of a class give with the coefficients of a row.</summary>
    private double Part(int own, int row)
    {
        double sum = 0;
        for (int i = _starts[own]; i < _starts[own + 1]; i++)
        {
            sum += _coefficients[(row * _values.Length) + i] * _values[i];
        }

        return sum;
    }
}
