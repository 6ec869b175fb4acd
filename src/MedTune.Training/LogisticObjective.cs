using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MedTune.Graphs.Architectures;
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
    private readonly double[] _features;
    private readonly double[] _squares;
    private readonly SlotRows _codes;
    private readonly double[] _shares;
    private readonly double[] _targets;
    private readonly double[] _steps;
    private readonly double[][] _gradients;
    private readonly double[] _losses;

    public LogisticObjective(
        TrainingSamples samples, string? features, ImmutableArray<LevelCodes> codes, ReadOnlySpan<int> rows, TaskPool pool)
    {
        _pool = pool;
        Rows = rows.Length;
        _targets = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            _targets[i] = samples.Classes[rows[i]];
        }

        Prevalence = Reductions.Sum(_targets) / Rows;
        _features = features is null ? [] : Take(samples, features, rows);
        Width = _features.Length / Rows;
        _squares = MeanSquares(_features, Width);
        _codes = SlotRows.Of([.. Columns(samples, codes, rows)], [.. codes.Select(category => category.Levels)], Rows);
        _shares = Shares(_codes, Rows);
        _steps = new double[_codes.Count];
        int shards = Math.Clamp(Rows / ShardRows, 1, MostShards);
        _losses = new double[shards];
        _gradients = [.. Enumerable.Range(0, shards).Select(_ => new double[Length])];
    }

    /// <summary>Number of samples.</summary>
    public int Rows { get; }

    /// <summary>Number of features.</summary>
    public int Width { get; }

    /// <summary>Number of parameters: weights, tables, intercept.</summary>
    public int Length => Width + _codes.Count + 1;

    /// <summary>Share of the samples of class 1.</summary>
    public double Prevalence { get; }

    /// <summary>Half of it times the squared weights and table entries is added to the mean loss.</summary>
    public double Penalty { get; set; }

    /// <summary>Where a category's table stands among the parameters.</summary>
    public Range TableOf(int category) => (Width + _codes.First(category))..(Width + _codes.First(category + 1));

    /// <summary>Share of the samples that each level of a category has.</summary>
    public ReadOnlySpan<double> SharesOf(int category) => _shares.AsSpan(_codes.First(category).._codes.First(category + 1));

    /// <summary>Mean square of a feature.</summary>
    public double SquaresOf(int feature) => _squares[feature];

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
            start += common - Reductions.Dot(SharesOf(c), table);
            for (int l = 0; l < table.Length; l++)
            {
                _steps[_codes.First(c) + l] = table[l] - common;
            }
        }

        return start;
    }

    /// <summary>The loss of a shard; its gradient over weights, slots and margin goes into the shard's own array.</summary>
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
                loss -= _targets[from + i] * block[i];
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

            margins[i] = margin + (Width == 0 ? 0 : Reductions.Dot(_features.AsSpan((from + i) * Width, Width), weights));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGradient(int from, ReadOnlySpan<double> chances, Span<double> gradient)
    {
        var starts = _codes.Starts[from..];
        var slots = _codes.Slots;
        var tables = gradient[Width..^1];
        for (int i = 0; i < chances.Length; i++)
        {
            double residual = chances[i] - _targets[from + i];
            foreach (int slot in slots[starts[i]..starts[i + 1]])
            {
                tables[slot] += residual;
            }

            Add(residual, _features.AsSpan((from + i) * Width, Width), gradient);
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
            Add(-all, SharesOf(c), table);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Take(TrainingSamples samples, string name, ReadOnlySpan<int> rows)
    {
        var matrix = samples.Inputs[name];
        int width = matrix.Length / samples.Count;
        var source = matrix.Values<float>();
        var taken = new double[rows.Length * width];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = source[(rows[i / width] * width) + (i % width)];
        }

        return taken;
    }

    private static double[] MeanSquares(double[] features, int width)
    {
        var squares = new double[width];
        for (int i = 0; i < features.Length; i++)
        {
            squares[i % width] += features[i] * features[i];
        }

        return Array.ConvertAll(squares, square => square * width / features.Length);
    }

    private static List<int[]> Columns(TrainingSamples samples, ImmutableArray<LevelCodes> codes, ReadOnlySpan<int> rows)
    {
        var columns = new List<int[]>();
        foreach (var category in codes)
        {
            var values = samples.Inputs[category.Codes.Name].Values<long>();
            var column = new int[rows.Length];
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = (int)values[rows[i]];
            }

            columns.Add(column);
        }

        return columns;
    }

    private static double[] Shares(SlotRows codes, int rows)
    {
        var shares = new double[codes.Count];
        foreach (int slot in codes.Slots)
        {
            shares[slot]++;
        }

        for (int c = 0; c < codes.Columns; c++)
        {
            var own = shares.AsSpan(codes.First(c)..codes.First(c + 1));
            own[codes.Common(c) - codes.First(c)] = rows - Reductions.Sum(own);
        }

        return Array.ConvertAll(shares, count => count / rows);
    }
}
