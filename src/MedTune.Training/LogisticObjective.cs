using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Mean logistic loss plus a ridge penalty, with its gradient, as a function of weights, centred tables and the intercept.</summary>
/// <remarks>
/// The samples are cut into shards by their number alone, each summed in order and added in order: threads change no bit. A table enters less
/// its mean over the samples, so that the intercept is the mean margin's.
/// </remarks>
internal sealed class LogisticObjective
{
    // 2048 rows are a task of 20 to 100 microseconds; margins of a block stay in the first cache.
    private const int ShardRows = 2048;
    private const int MostShards = 32;
    private const int BlockRows = 256;

    private readonly TaskPool _pool;
    private readonly LogisticSamples _samples;
    private readonly SlotRows _codes;
    private readonly double[] _steps;
    private readonly double[][] _gradients;
    private readonly double[] _losses;

    public LogisticObjective(LogisticSamples samples, TaskPool pool)
    {
        (_samples, _codes, _pool) = (samples, samples.Codes, pool);
        _steps = new double[_codes.Count];
        int shards = Math.Clamp(Rows / ShardRows, 1, MostShards);
        _losses = new double[shards];
        _gradients = [.. Enumerable.Range(0, shards).Select(_ => new double[Length])];
    }

    /// <summary>Number of samples.</summary>
    public int Rows => _samples.Rows;

    /// <summary>Number of features.</summary>
    public int Width => _samples.Width;

    /// <summary>Number of parameters: weights, tables, intercept.</summary>
    public int Length => Width + _codes.Count + 1;

    /// <summary>Half of it times the squared weights and table entries is added to the mean loss.</summary>
    public double Penalty { get; set; }

    /// <summary>Where a category's table stands among the parameters.</summary>
    public Range TableOf(int category) => (Width + _codes.First(category))..(Width + _codes.First(category + 1));

    /// <summary>The objective and its gradient.</summary>
    public double Evaluate(ReadOnlySpan<double> values, Span<double> gradient)
    {
        double start = Steps(values);
        double[] weights = values[..Width].ToArray();
        _pool.Run(_losses.Length, (Objective: this, start, weights), static (state, shard) =>
            state.Objective._losses[shard] = state.Objective.Sum(shard, state.start, state.weights));
        gradient.Clear();
        double loss = 0;
        for (int shard = 0; shard < _losses.Length; shard++)
        {
            loss += _losses[shard];
            Add(1, _gradients[shard], gradient);
        }

        return (loss / Rows) + Finish(values, gradient);
    }

    /// <summary>Sets what each slot adds to the margin that a sample of only commonest codes has.</summary>
    /// <returns>That margin, without features.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Steps(ReadOnlySpan<double> values)
    {
        double start = values[^1];
        for (int c = 0; c < _codes.Columns; c++)
        {
            var table = values[TableOf(c)];
            double common = table[_codes.Common(c) - _codes.First(c)];
            start += common - Reductions.Dot(_samples.SharesOf(c), table);
            for (int l = 0; l < table.Length; l++)
            {
                _steps[_codes.First(c) + l] = table[l] - common;
            }
        }

        return start;
    }

    /// <summary>The loss of a shard; its gradient over weights, slots and margin goes into the shard's own array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Sum(int shard, double start, double[] weights)
    {
        var gradient = _gradients[shard].AsSpan();
        gradient.Clear();
        Span<double> margins = stackalloc double[BlockRows];
        Span<double> losses = stackalloc double[BlockRows];
        var (from, end) = Cut.Of(Rows, _losses.Length, shard);
        double loss = 0;
        for (; from < end; from += BlockRows)
        {
            int count = Math.Min(BlockRows, end - from);
            var block = margins[..count];
            Margins(from, start, weights, block);
            for (int i = 0; i < count; i++)
            {
                loss -= _samples.Targets[from + i] * block[i];
            }

            LogisticFunctions.SigmoidAndSoftplus(block, block, losses[..count]);
            loss += Reductions.Sum(losses[..count]);
            AddGradient(from, block, gradient);
        }

        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Margins(int from, double start, double[] weights, Span<double> margins)
    {
        var starts = _codes.Starts[from..];
        var slots = _codes.Slots;
        for (int i = 0; i < margins.Length; i++)
        {
            double margin = start;
            foreach (int slot in slots[starts[i]..starts[i + 1]])
            {
                margin += _steps[slot];
            }

            margins[i] = margin + Product(_samples.FeaturesOf(from + i), weights);
        }
    }

    /// <summary>A few features are added one by one; many by <see cref="Reductions"/>, whose lanes they fill.</summary>
    private static double Product(ReadOnlySpan<double> features, double[] weights)
    {
        if (features.Length > NumericsProfile.ReductionLanes)
        {
            return Reductions.Dot(features, weights);
        }

        double sum = 0;
        for (int j = 0; j < features.Length; j++)
        {
            sum = Math.FusedMultiplyAdd(features[j], weights[j], sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGradient(int from, ReadOnlySpan<double> chances, Span<double> gradient)
    {
        var starts = _codes.Starts[from..];
        var slots = _codes.Slots;
        var tables = gradient[Width..^1];
        for (int i = 0; i < chances.Length; i++)
        {
            double residual = chances[i] - _samples.Targets[from + i];
            foreach (int slot in slots[starts[i]..starts[i + 1]])
            {
                tables[slot] += residual;
            }

            Add(residual, _samples.FeaturesOf(from + i), gradient);
            gradient[^1] += residual;
        }
    }

    /// <summary>Completes the commonest levels, centres, divides by the samples and adds the penalty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Finish(ReadOnlySpan<double> values, Span<double> gradient)
    {
        double all = gradient[^1];
        for (int c = 0; c < _codes.Columns; c++)
        {
            var table = gradient[TableOf(c)];
            ref double common = ref table[_codes.Common(c) - _codes.First(c)];
            common = all - Reductions.Sum(table);
            Add(-all, _samples.SharesOf(c), table);
        }

        double squares = 0;
        for (int i = 0; i < gradient.Length - 1; i++)
        {
            gradient[i] = Math.FusedMultiplyAdd(Penalty, values[i], gradient[i] / Rows);
            squares = Math.FusedMultiplyAdd(values[i], values[i], squares);
        }

        gradient[^1] /= Rows;
        return 0.5 * Penalty * squares;
    }

    /// <summary>Adds a multiple of a vector to the first entries of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double scale, ReadOnlySpan<double> vector, Span<double> sum)
    {
        int i = 0;
        for (; i <= vector.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256.FusedMultiplyAdd(Vector256.Create(scale), Vector256.Create(vector[i..]), Vector256.Create<double>(sum[i..])).CopyTo(sum[i..]);
        }

        for (; i < vector.Length; i++)
        {
            sum[i] = Math.FusedMultiplyAdd(scale, vector[i], sum[i]);
        }
    }
}
