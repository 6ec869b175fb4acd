using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>The rows that logistic regression learns from: features in double, codes as slots, and what is known of them before any fit.</summary>
internal sealed class LogisticSamples
{
    private readonly double[] _features;
    private readonly double[] _squares;
    private readonly double[] _shares;

    public LogisticSamples(TrainingSamples samples, string? features, ImmutableArray<LevelCodes> codes, ReadOnlySpan<int> rows)
    {
        Rows = rows.Length;
        Targets = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            Targets[i] = samples.Classes[rows[i]];
        }

        _features = features is null ? [] : Take(samples, features, rows);
        Width = _features.Length / Rows;
        _squares = MeanSquares(_features, Width);
        Codes = SlotRows.Of([.. Columns(samples, codes, rows)], [.. codes.Select(category => category.Levels)], Rows);
        _shares = Shares(Codes, Rows);
    }

    /// <summary>Number of samples.</summary>
    public int Rows { get; }

    /// <summary>Number of features.</summary>
    public int Width { get; }

    /// <summary>0 or 1 for each sample.</summary>
    public double[] Targets { get; }

    /// <summary>The codes of each sample.</summary>
    public SlotRows Codes { get; }

    /// <summary>Share of the samples of class 1.</summary>
    public double Prevalence => Reductions.Sum(Targets) / Rows;

    /// <summary>The features of a sample.</summary>
    public ReadOnlySpan<double> FeaturesOf(int row) => _features.AsSpan(row * Width, Width);

    /// <summary>Mean square of a feature.</summary>
    public double SquareOf(int feature) => _squares[feature];

    /// <summary>Share of the samples that each level of a category has.</summary>
    public ReadOnlySpan<double> SharesOf(int category) => _shares.AsSpan(Codes.First(category)..Codes.First(category + 1));

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] MeanSquares(double[] features, int width)
    {
        var squares = new double[width];
        for (int i = 0; i < features.Length; i++)
        {
            squares[i % width] += features[i] * features[i];
        }

        return Array.ConvertAll(squares, square => square * width / features.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
