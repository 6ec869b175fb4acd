using System.Numerics;

namespace MedTune.Graphs.Operators;

/// <summary>A linear map along one axis: each element of the result is a weighted sum of a few elements of the source.</summary>
internal sealed class AxisTaps
{
    private readonly int[] _starts;
    private readonly int[] _places;
    private readonly double[] _weights;

    /// <summary>From the places and weights of every element of the result; null where there is nothing to sum.</summary>
    public AxisTaps(int extent, IReadOnlyList<IReadOnlyList<(int Place, double Weight)>?> taps)
    {
        (Extent, Count) = (extent, taps.Count);
        _starts = new int[Count + 1];
        for (int i = 0; i < Count; i++)
        {
            _starts[i + 1] = _starts[i] + (taps[i]?.Count ?? 0);
        }

        _places = [.. taps.SelectMany(each => each ?? []).Select(tap => tap.Place)];
        _weights = [.. taps.SelectMany(each => each ?? []).Select(tap => tap.Weight)];
    }

    /// <summary>Elements of the source.</summary>
    public int Extent { get; }

    /// <summary>Elements of the result.</summary>
    public int Count { get; }

    /// <summary>Whether the result is the source.</summary>
    public bool IsIdentity => Extent == Count && _places.AsSpan().SequenceEqual(Enumerable.Range(0, Count).ToArray()) && _weights.All(weight => weight == 1);

    /// <summary>The weights in the type they are used in.</summary>
    public T[] Weights<T>()
        where T : INumber<T> => [.. _weights.Select(T.CreateChecked)];

    /// <summary>The map of rows: x [extent, inner] to y [count, inner]; rows without elements are filled.</summary>
    public void Apply<T>(ReadOnlySpan<T> x, Span<T> y, int inner, ReadOnlySpan<T> weights, T filler)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < Count; i++)
        {
            var sums = y.Slice(i * inner, inner);
            if (_starts[i] == _starts[i + 1])
            {
                sums.Fill(filler);
                continue;
            }

            for (int tap = _starts[i]; tap < _starts[i + 1]; tap++)
            {
                var source = x.Slice(_places[tap] * inner, inner);
                T weight = weights[tap];
                if (tap == _starts[i])
                {
                    Scale(source, weight, sums);
                    continue;
                }

                for (int j = 0; j < sums.Length; j++)
                {
                    sums[j] += weight * source[j];
                }
            }
        }
    }

    /// <summary>The transposed map: adds dy [count, inner] to the rows of dx [extent, inner] that it came from, which start at zero.</summary>
    public void ApplyTransposed<T>(ReadOnlySpan<T> dy, Span<T> dx, int inner, ReadOnlySpan<T> weights)
        where T : unmanaged, INumber<T>
    {
        dx[..(Extent * inner)].Clear();
        for (int i = 0; i < Count; i++)
        {
            var source = dy.Slice(i * inner, inner);
            for (int tap = _starts[i]; tap < _starts[i + 1]; tap++)
            {
                var sums = dx.Slice(_places[tap] * inner, inner);
                T weight = weights[tap];
                for (int j = 0; j < sums.Length; j++)
                {
                    sums[j] += weight * source[j];
                }
            }
        }
    }

    private static void Scale<T>(ReadOnlySpan<T> x, T weight, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        if (weight == T.One)
        {
            x.CopyTo(y);
            return;
        }

        for (int j = 0; j < y.Length; j++)
        {
            y[j] = weight * x[j];
        }
    }
}
