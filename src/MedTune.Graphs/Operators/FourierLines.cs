using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Fourier sums over lines of complex numbers, or of real ones: y[k] = scale · Σ x[j]·exp(sign·2πi·jk / length). Sums run in the order of j and the
/// angles come from one table, so that every line is exact to rounding; the work is the product of the two lengths.
/// </summary>
internal sealed class FourierLines
{
    private const double TwoPi = 6.283185307179586;

    private readonly double[] _cos;
    private readonly double[] _sin;
    private readonly double _scale;

    /// <param name="length">Length of the transform, at least 1.</param>
    /// <param name="isForward">Whether the sign is negative.</param>
    /// <param name="scale">Factor of every sum.</param>
    public FourierLines(int length, bool isForward, double scale)
    {
        (_cos, _sin, _scale) = (new double[length], new double[length], scale);
        for (int i = 0; i < length; i++)
        {
            _cos[i] = DoubleMath.Cos(TwoPi * i / length);
            _sin[i] = DoubleMath.Sin(TwoPi * i / length) * (isForward ? -1 : 1);
        }
    }

    /// <summary>The number <paramref name="k"/> of a line's answer.</summary>
    /// <param name="x">The values.</param>
    /// <param name="start">Where the line starts.</param>
    /// <param name="step">From one number of the line to the next.</param>
    /// <param name="count">How many numbers of the line are there; those behind them are 0.</param>
    /// <param name="isComplex">Whether every number is a pair.</param>
    /// <param name="k">Which sum.</param>
    public (double Real, double Imaginary) Sum<T>(ReadOnlySpan<T> x, int start, int step, int count, bool isComplex, int k)
        where T : INumber<T>
    {
        double real = 0, imaginary = 0;
        int angle = 0;
        for (int j = 0; j < count; j++)
        {
            int at = start + (j * step);
            double a = double.CreateTruncating(x[at]), b = isComplex ? double.CreateTruncating(x[at + 1]) : 0;
            real += (a * _cos[angle]) - (b * _sin[angle]);
            imaginary += (a * _sin[angle]) + (b * _cos[angle]);
            angle = (int)(((long)angle + k) % _cos.Length);
        }

        return (real * _scale, imaginary * _scale);
    }

    /// <summary>A delegate that transforms all lines of a node's first input along an axis: same extents elsewhere, the last axis holding 1 or 2 numbers.</summary>
    public Action Over<T>(KernelContext context, int axis)
        where T : unmanaged, INumber<T>
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var (from, to) = (context.InputShape(0), context.OutputShape());
        int inner = new Shape(to.Extents[(axis + 1)..^1]).Length;
        int read = from[from.Rank - 1], written = to[to.Rank - 1], count = Math.Min(from[axis], _cos.Length);
        return Chunks.Each(
            context.Pool,
            y.Length / Math.Max(1, written),
            i =>
            {
                (int line, int place) = Math.DivRem(i, inner);
                (int outer, int k) = Math.DivRem(line, to[axis]);
                int start = ((outer * from[axis] * inner) + place) * read;

                // Behind the transform's length, which only a gradient asks for, nothing was read.
                var (real, imaginary) = k < _cos.Length ? Sum<T>(x.Span, start, inner * read, count, read == 2, k) : default;
                y[i * written] = T.CreateTruncating(real);
                if (written == 2)
                {
                    y[(i * written) + 1] = T.CreateTruncating(imaginary);
                }
            },
            Math.Max(1, count));
    }
}
