using System.Runtime.CompilerServices;

namespace MedTune.Training;

/// <summary>Finds the best split of a node by one feature, from its histogram. The first of equal splits wins.</summary>
internal sealed class SplitSearch(BinnedFeatures features, TreeOptions options, int outputs)
{
    // A weight this small beside the node's is what subtracting histograms leaves of nothing.
    private const double Nothing = 1e-9;

    /// <summary>The best split, or null when none brings more than <paramref name="least"/>.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="bins">Its bins in the node.</param>
    /// <param name="total">Sums over the node.</param>
    /// <param name="least">The gain to beat.</param>
    public Split? Find(int feature, ReadOnlySpan<double> bins, ReadOnlySpan<double> total, double least) => features.IsCategory(feature)
        ? FindSet(feature, bins, total, least)
        : FindThreshold(feature, bins, total, least);

    private double Score(ReadOnlySpan<double> sums, double ridge)
    {
        double squares = 0;
        for (int d = 0; d < outputs; d++)
        {
            squares += sums[d] * sums[d];
        }

        return squares / (sums[outputs] + ridge);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Split? FindThreshold(int feature, ReadOnlySpan<double> bins, ReadOnlySpan<double> total, double least)
    {
        int stride = outputs + 1;
        int count = bins.Length / stride;
        bool hasMissing = bins[outputs] > Nothing * total[outputs];
        double parent = Score(total, options.Ridge);
        Split? best = null;
        Span<double> left = stackalloc double[stride];
        Span<double> right = stackalloc double[stride];
        for (int side = hasMissing ? 0 : 1; side < 2; side++)
        {
            bool missingLeft = hasMissing && side == 0;
            left.Clear();
            if (missingLeft)
            {
                bins[..stride].CopyTo(left);
            }

            // The last cut has all values left and the missing ones alone at the right.
            for (int bin = 1; bin < count - (hasMissing && !missingLeft ? 0 : 1); bin++)
            {
                var own = bins.Slice(bin * stride, stride);
                for (int d = 0; d < stride; d++)
                {
                    left[d] += own[d];
                    right[d] = total[d] - left[d];
                }

                if (left[outputs] < options.ChildWeight || own[outputs] <= Nothing * total[outputs])
                {
                    continue;
                }

                if (right[outputs] < options.ChildWeight)
                {
                    break;
                }

                double gain = Score(left, options.Ridge) + Score(right, options.Ridge) - parent;
                if (gain > least && IsMonotone(feature, left, right))
                {
                    // Where nothing was missing, a missing value later follows the larger side.
                    best = new Split(gain, feature, bin, hasMissing ? missingLeft : left[outputs] >= right[outputs], null);
                    least = gain;
                }
            }
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Split? FindSet(int feature, ReadOnlySpan<double> bins, ReadOnlySpan<double> total, double least)
    {
        int stride = outputs + 1;
        Span<ulong> keys = stackalloc ulong[256];
        keys = keys[..Levels(bins, total, keys)];
        double ridge = options.Ridge + (keys.Length > 4 ? options.LevelRidge : 0);
        double parent = Score(total, ridge);
        Span<double> left = stackalloc double[stride];
        Span<double> right = stackalloc double[stride];

        // With several outputs there is no order of levels: each is tried against the rest.
        int most = outputs == 1 ? Math.Min(options.SetSize, keys.Length) : keys.Length;
        var (gain, from, to) = (least, 0, 0);
        for (int direction = 0; direction < (outputs == 1 ? 2 : 1); direction++)
        {
            left.Clear();
            for (int k = 0; k < most; k++)
            {
                int place = direction == 0 ? k : keys.Length - 1 - k;
                var own = bins.Slice(BinOf(keys[place]) * stride, stride);
                for (int d = 0; d < stride; d++)
                {
                    left[d] = own[d] + (outputs == 1 ? left[d] : 0);
                    right[d] = total[d] - left[d];
                }

                // The set is the lighter side: it is written as one equal-branch per level, and a level never seen goes with the many.
                if (left[outputs] < options.ChildWeight || right[outputs] < options.ChildWeight || (outputs == 1 && left[outputs] > right[outputs]))
                {
                    continue;
                }

                double reached = Score(left, ridge) + Score(right, ridge) - parent;
                if (reached > gain)
                {
                    gain = reached;
                    (from, to) = outputs > 1 ? (place, place + 1) : direction == 0 ? (0, k + 1) : (place, keys.Length);
                }
            }
        }

        return to == 0 ? null : new Split(gain, feature, 0, false, SetOf(keys[from..to]));
    }

    /// <summary>The levels that the node has, by their mean answer; equal ones by their bin.</summary>
    /// <returns>How many keys there are; <see cref="BinOf"/> tells a key's bin.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Levels(ReadOnlySpan<double> bins, ReadOnlySpan<double> total, Span<ulong> keys)
    {
        int stride = outputs + 1;
        int count = 0;
        for (int bin = 1; bin < bins.Length / stride; bin++)
        {
            double weight = bins[(bin * stride) + outputs];
            if (weight > Nothing * total[outputs])
            {
                // The bits of a number, made to ascend with it; the lowest eight, which are rounding, give way to the bin.
                ulong bits = BitConverter.DoubleToUInt64Bits(bins[bin * stride] / (weight + options.LevelSmoothing));
                bits ^= bits >> 63 == 0 ? 1UL << 63 : ulong.MaxValue;
                keys[count++] = (bits & ~0xFFUL) | (uint)bin;
            }
        }

        keys[..count].Sort();
        return count;
    }

    private static int BinOf(ulong key) => (int)(key & 0xFF);

    private static byte[] SetOf(ReadOnlySpan<ulong> keys)
    {
        var set = new byte[keys.Length];
        for (int i = 0; i < set.Length; i++)
        {
            set[i] = (byte)BinOf(keys[i]);
        }

        Array.Sort(set);
        return set;
    }

    private bool IsMonotone(int feature, ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        options.Monotone.IsDefaultOrEmpty
        || options.Monotone[feature] == 0
        || ((right[0] / (right[1] + options.Ridge)) - (left[0] / (left[1] + options.Ridge))) * options.Monotone[feature] >= 0;
}
