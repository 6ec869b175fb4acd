using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The linear transforms of F(2 x 2, 3 x 3), and of the gradient by the filters, on lanes of channels. Sums have one fixed order.</summary>
internal static unsafe class WinogradTransforms
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>16 channels of 4 x 4 inputs d to B'dB.</summary>
    /// <param name="d">The first pixel.</param>
    /// <param name="row">Floats from one row to the next; pixels of a row follow each other.</param>
    /// <param name="v">Position 0 of the result.</param>
    /// <param name="step">Floats from one position to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<TLanes>(float* d, nint row, float* v, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        float* d1 = d + row;
        float* d2 = d1 + row;
        float* d3 = d2 + row;
        nint rowStep = 4 * step;
        for (int lane = 0; lane < Size; lane += TLanes.Count)
        {
            TLanes b0 = At<TLanes>(d1, lane), b1 = At<TLanes>(d1, lane + Size), b2 = At<TLanes>(d1, lane + (2 * Size)), b3 = At<TLanes>(d1, lane + (3 * Size));
            TLanes c0 = At<TLanes>(d2, lane), c1 = At<TLanes>(d2, lane + Size), c2 = At<TLanes>(d2, lane + (2 * Size)), c3 = At<TLanes>(d2, lane + (3 * Size));
            InputRow(At<TLanes>(d, lane) - c0, At<TLanes>(d, lane + Size) - c1, At<TLanes>(d, lane + (2 * Size)) - c2, At<TLanes>(d, lane + (3 * Size)) - c3, v + lane, step);
            InputRow(b0 + c0, b1 + c1, b2 + c2, b3 + c3, v + lane + rowStep, step);
            InputRow(c0 - b0, c1 - b1, c2 - b2, c3 - b3, v + lane + (2 * rowStep), step);
            InputRow(b0 - At<TLanes>(d3, lane), b1 - At<TLanes>(d3, lane + Size), b2 - At<TLanes>(d3, lane + (2 * Size)), b3 - At<TLanes>(d3, lane + (3 * Size)), v + lane + (3 * rowStep), step);
        }
    }

    /// <summary>Some channels of 4 x 4 products m to the 2 x 2 outputs A'mA.</summary>
    /// <param name="m">Position 0.</param>
    /// <param name="step">Floats from one position to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLanes First, TLanes Right, TLanes Below, TLanes Last) Output<TLanes>(float* m, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        var (a0, b0) = OutputColumn<TLanes>(m, step);
        var (a1, b1) = OutputColumn<TLanes>(m + step, step);
        var (a2, b2) = OutputColumn<TLanes>(m + (2 * step), step);
        var (a3, b3) = OutputColumn<TLanes>(m + (3 * step), step);
        return (a0 + a1 + a2, a1 - a2 - a3, b0 + b1 + b2, b1 - b2 - b3);
    }

    /// <summary>Filters g, [9][outputs], to GgG'.</summary>
    /// <param name="g">The filters' elements, so many outputs each.</param>
    /// <param name="outputs">16 or 32.</param>
    /// <param name="u">Position 0 of the result.</param>
    /// <param name="step">Floats from one position to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Filter<TLanes>(float* g, int outputs, float* u, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes half = TLanes.Create(0.5f);
        for (int lane = 0; lane < outputs; lane += TLanes.Count)
        {
            float* source = g + lane;
            float* target = u + lane;
            for (int column = 0; column < 3; column++, source += outputs)
            {
                // Each column of the filter gives four rows; they wait in the places of the first three columns.
                TLanes top = At<TLanes>(source, 0), middle = At<TLanes>(source, 3 * outputs), bottom = At<TLanes>(source, 6 * outputs);
                TLanes sum = top + bottom;
                float* place = target + (column * step);
                top.Store(ref *place);
                ((sum + middle) * half).Store(ref place[4 * step]);
                ((sum - middle) * half).Store(ref place[8 * step]);
                bottom.Store(ref place[12 * step]);
            }

            for (int row = 0; row < 4; row++, target += 4 * step)
            {
                TLanes left = At<TLanes>(target, 0), middle = At<TLanes>(target, step), right = At<TLanes>(target, 2 * step);
                TLanes sum = left + right;
                ((sum + middle) * half).Store(ref target[step]);
                ((sum - middle) * half).Store(ref target[2 * step]);
                right.Store(ref target[3 * step]);
            }
        }
    }

    /// <summary>16 channels of 2 x 2 output gradients y to AyA': what <see cref="Output"/> does, the other way.</summary>
    /// <param name="y">The four pixels' gradients: first, right, below, last; those that are not there are zero.</param>
    /// <param name="d">Position 0 of the result.</param>
    /// <param name="step">Floats from one position to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<TLanes>((TLanes First, TLanes Right, TLanes Below, TLanes Last) y, float* d, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        GradientRow(y.First, y.Right, d, step);
        GradientRow(y.First + y.Below, y.Right + y.Last, d + (4 * step), step);
        GradientRow(y.First - y.Below, y.Right - y.Last, d + (8 * step), step);
        GradientRow(-y.Below, -y.Last, d + (12 * step), step);
    }

    /// <summary>Some lanes of 4 x 4 sums u to the 3 x 3 elements G'uG: what <see cref="Filter"/> does, the other way.</summary>
    /// <param name="u">Position 0.</param>
    /// <param name="step">Floats from one position to the next.</param>
    /// <param name="g">The first element.</param>
    /// <param name="gStep">Floats from one element to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient<TLanes>(float* u, nint step, float* g, nint gStep)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes half = TLanes.Create(0.5f);
        var (a0, b0, c0) = FilterColumn(u, 4 * step, half);
        var (a1, b1, c1) = FilterColumn(u + step, 4 * step, half);
        var (a2, b2, c2) = FilterColumn(u + (2 * step), 4 * step, half);
        var (a3, b3, c3) = FilterColumn(u + (3 * step), 4 * step, half);
        FilterRow(a0, a1, a2, a3, half, g, gStep);
        FilterRow(b0, b1, b2, b3, half, g + (3 * gStep), gStep);
        FilterRow(c0, c1, c2, c3, half, g + (6 * gStep), gStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientRow<TLanes>(TLanes left, TLanes right, float* d, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        left.Store(ref *d);
        (left + right).Store(ref d[step]);
        (left - right).Store(ref d[2 * step]);
        (-right).Store(ref d[3 * step]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes Top, TLanes Middle, TLanes Bottom) FilterColumn<TLanes>(float* u, nint step, TLanes half)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes u1 = At<TLanes>(u, step), u2 = At<TLanes>(u, 2 * step);
        TLanes sum = (u1 + u2) * half;
        return (At<TLanes>(u, 0) + sum, (u1 - u2) * half, sum + At<TLanes>(u, 3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FilterRow<TLanes>(TLanes u0, TLanes u1, TLanes u2, TLanes u3, TLanes half, float* g, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = (u1 + u2) * half;
        (u0 + sum).Store(ref *g);
        ((u1 - u2) * half).Store(ref g[step]);
        (sum + u3).Store(ref g[2 * step]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes At<TLanes>(float* place, nint offset)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(ref place[offset]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputRow<TLanes>(TLanes t0, TLanes t1, TLanes t2, TLanes t3, float* v, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        (t0 - t2).Store(ref *v);
        (t1 + t2).Store(ref v[step]);
        (t2 - t1).Store(ref v[2 * step]);
        (t1 - t3).Store(ref v[3 * step]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes Above, TLanes Below) OutputColumn<TLanes>(float* m, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes m1 = At<TLanes>(m, 4 * step), m2 = At<TLanes>(m, 8 * step);
        return (At<TLanes>(m, 0) + m1 + m2, m1 - m2 - At<TLanes>(m, 12 * step));
    }
}
