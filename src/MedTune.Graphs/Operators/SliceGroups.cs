using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Which slices of a tensor are equal.</summary>
/// <param name="First">Per group, the place of its first slice.</param>
/// <param name="Inverse">Per slice, its group.</param>
/// <param name="Counts">Per group, how many slices it has.</param>
internal sealed record SliceGroups(long[] First, long[] Inverse, long[] Counts)
{
    /// <summary>Groups the slices along an axis, or the elements.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="axis">An axis from 0, or null for the elements.</param>
    /// <param name="isSorted">Whether groups come in ascending order; else in the order of their first slices.</param>
    /// <param name="comparer">How elements are compared; slices are compared element by element.</param>
    public static SliceGroups Of<T>(Tensor<T> tensor, int? axis, bool isSorted, IComparer<T> comparer)
    {
        int count = axis is int along ? tensor.Shape[along] : tensor.Length;
        int inner = axis is int place ? new Shape(tensor.Shape.Extents[(place + 1)..]).Length : 1;
        int outer = count * inner == 0 ? 0 : tensor.Length / (count * inner);
        int Compare(int a, int b)
        {
            var values = tensor.Values;
            for (int o = 0; o < outer; o++)
            {
                for (int i = 0; i < inner; i++)
                {
                    int order = comparer.Compare(values[(((o * count) + a) * inner) + i], values[(((o * count) + b) * inner) + i]);
                    if (order != 0)
                    {
                        return order;
                    }
                }
            }

            return 0;
        }

        int[] places = [.. Enumerable.Range(0, count)];
        Array.Sort(places, (a, b) => Compare(a, b) is var order && order != 0 ? order : a.CompareTo(b));
        var groups = new List<(int First, List<int> Members)>();
        foreach (int slice in places)
        {
            if (groups.Count == 0 || Compare(groups[^1].First, slice) != 0)
            {
                groups.Add((slice, []));
            }

            groups[^1].Members.Add(slice);
        }

        if (!isSorted)
        {
            groups.Sort((a, b) => a.First.CompareTo(b.First));
        }

        var inverse = new long[count];
        for (int group = 0; group < groups.Count; group++)
        {
            foreach (int slice in groups[group].Members)
            {
                inverse[slice] = group;
            }
        }

        return new SliceGroups([.. groups.Select(group => (long)group.First)], inverse, [.. groups.Select(group => (long)group.Members.Count)]);
    }
}
