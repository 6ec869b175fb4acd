using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Training;

/// <summary>The different values of a column, and which of them each sample has. NaN is no value.</summary>
internal sealed class DistinctValues
{
    private readonly int[] _ofSample;

    private DistinctValues(float[] values, int[] counts, int[] ofSample)
    {
        (Values, Counts, _ofSample) = (values, counts, ofSample);
    }

    /// <summary>The values in ascending order.</summary>
    public float[] Values { get; }

    /// <summary>How many samples have each value.</summary>
    public int[] Counts { get; }

    /// <summary>Counts the values of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static DistinctValues Of(ReadOnlySpan<float> column)
    {
        // Hashing each value once is several times faster than sorting the column: clinical columns repeat few values.
        var numbers = new Dictionary<float, int>();
        var found = new List<float>();
        var counts = new List<int>();
        var ofSample = new int[column.Length];
        for (int i = 0; i < column.Length; i++)
        {
            if (float.IsNaN(column[i]))
            {
                ofSample[i] = -1;
                continue;
            }

            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, column[i], out bool isKnown);
            if (!isKnown)
            {
                number = found.Count;
                found.Add(column[i]);
                counts.Add(0);
            }

            ofSample[i] = number;
            counts[number]++;
        }

        float[] values = [.. found];
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, order);
        var places = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            places[order[place]] = place;
        }

        for (int i = 0; i < ofSample.Length; i++)
        {
            ofSample[i] = ofSample[i] < 0 ? -1 : places[ofSample[i]];
        }

        return new DistinctValues(values, Array.ConvertAll(order, number => counts[number]), ofSample);
    }

    /// <summary>For each sample the entry of its value; 0 for NaN.</summary>
    /// <param name="entries">One per value, in their order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte[] Map(byte[] entries) => Array.ConvertAll(_ofSample, place => place < 0 ? (byte)0 : entries[place]);
}
