using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace MedTune.Training;

/// <summary>What a linear model with smooth terms sees of a row: standardised numbers, their bends, "is missing", levels, and products of some of these.</summary>
/// <remarks>All measured on the training rows. A term that never varies there is 0.</remarks>
internal sealed partial class SmoothTerms
{
    private const int FewestOfALevel = 5;
    private const int DistinctForBends = 8;
    private const int ManyRows = 500;

    private static readonly double[] FourKnots = [0.05, 0.35, 0.65, 0.95];
    private static readonly double[] FiveKnots = [0.05, 0.275, 0.5, 0.725, 0.95];

    private readonly int _width;
    private readonly int[] _numbers;
    private readonly double[] _fill;
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly int[] _flags;
    private readonly ImmutableArray<SplineTerm> _bends;
    private readonly (int Column, float Level)[] _levels;
    private double[] _termMean = [];
    private double[] _termScale = [];
    private (int Left, int Right)[] _products = [];
    private double[] _productMean = [];
    private double[] _productScale = [];

    private SmoothTerms(int width, List<int> numbers, double[] fill, double[] mean, double[] scale, List<int> flags, List<SplineTerm> bends, List<(int, float)> levels)
    {
        (_width, _numbers, _fill, _mean, _scale) = (width, [.. numbers], fill, mean, scale);
        (_flags, _bends, _levels) = ([.. flags], [.. bends], [.. levels]);
    }

    /// <summary>Terms that are no products.</summary>
    public int Plain => _numbers.Length + _flags.Length + _bends.Length + _levels.Length;

    /// <summary>All terms.</summary>
    public int Count => Plain + _products.Length;

    /// <summary>The terms that can be multiplied with each other: numbers and levels.</summary>
    public IEnumerable<int> Factors => Enumerable.Range(0, _numbers.Length).Concat(Enumerable.Range(Plain - _levels.Length, _levels.Length));

    /// <summary>Measures the columns of a matrix on some rows.</summary>
    /// <param name="matrix">Row-major, missing as NaN, levels as numbers.</param>
    /// <param name="isCategory">Per column: whether its values are codes of levels.</param>
    /// <param name="rows">The training rows.</param>
    public static SmoothTerms Measure(ReadOnlySpan<float> matrix, ReadOnlySpan<bool> isCategory, ReadOnlySpan<int> rows)
    {
        int width = isCategory.Length;
        var (fill, mean, scale) = (new double[width], new double[width], new double[width]);
        var (numbers, flags, bends, levels) = (new List<int>(), new List<int>(), new List<SplineTerm>(), new List<(int, float)>());
        for (int column = 0; column < width; column++)
        {
            float[] values = Column(matrix, width, column, rows);
            float[] known = [.. values.Where(value => !float.IsNaN(value)).Order()];
            if (isCategory[column])
            {
                int own = column;
                levels.AddRange(known.CountBy(value => value).Where(pair => pair.Value >= FewestOfALevel).OrderBy(pair => pair.Key).Select(pair => (own, pair.Key)));
                continue;
            }

            int missing = values.Length - known.Length;
            if (missing >= FewestOfALevel && known.Length >= FewestOfALevel)
            {
                flags.Add(column);
            }

            if (known.Length == 0 || known[0] == known[^1])
            {
                continue;
            }

            numbers.Add(column);
            fill[column] = Quantile(known, 0.5);
            mean[column] = (known.Sum(value => (double)value) + (missing * fill[column])) / values.Length;
            double squares = 0;
            foreach (float value in values)
            {
                double distance = (float.IsNaN(value) ? fill[column] : value) - mean[column];
                squares += distance * distance;
            }

            scale[column] = 1 / Math.Sqrt(squares / values.Length);
            bends.AddRange(Bends(column, known, mean[column], scale[column]));
        }

        var terms = new SmoothTerms(width, numbers, fill, mean, scale, flags, bends, levels);
        terms.Standardise(matrix, rows);
        return terms;
    }

    /// <summary>The same with the products of all pairs of the given terms.</summary>
    public SmoothTerms WithProducts(IReadOnlyList<int> factors, ReadOnlySpan<float> matrix, ReadOnlySpan<int> rows)
    {
        var terms = (SmoothTerms)MemberwiseClone();
        terms._products = [.. factors.SelectMany((left, i) => factors.Skip(i + 1).Select(right => (left, right)))];
        (terms._productMean, terms._productScale) = (new double[terms._products.Length], [.. Enumerable.Repeat(1.0, terms._products.Length)]);
        double[][] columns = terms.Columns(matrix, rows);
        for (int p = 0; p < terms._products.Length; p++)
        {
            (terms._productMean[p], terms._productScale[p]) = Moments(columns[Plain + p]);
        }

        return terms;
    }

    /// <summary>The terms of some rows, one array per term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[][] Columns(ReadOnlySpan<float> matrix, ReadOnlySpan<int> rows)
    {
        int count = rows.Length;
        double[][] columns = [.. Enumerable.Range(0, Count).Select(_ => new double[count])];
        var terms = new double[Count];
        for (int i = 0; i < rows.Length; i++)
        {
            Fill(matrix.Slice(rows[i] * _width, _width), terms);
            for (int t = 0; t < terms.Length; t++)
            {
                columns[t][i] = terms[t];
            }
        }

        return columns;
    }

    /// <summary>Writes the standardised terms of one row.</summary>
    public void Fill(ReadOnlySpan<float> values, Span<double> terms)
    {
        int at = 0;
        foreach (int column in _numbers)
        {
            terms[at++] = Standardised(values, column);
        }

        foreach (int column in _flags)
        {
            terms[at++] = float.IsNaN(values[column]) ? 1 : 0;
        }

        foreach (var bend in _bends)
        {
            terms[at++] = bend.At(Standardised(values, bend.Column));
        }

        foreach (var (column, level) in _levels)
        {
            terms[at++] = values[column] == level ? 1 : 0;
        }

        for (int t = 0; t < at; t++)
        {
            terms[t] = (terms[t] - _termMean[t]) * _termScale[t];
        }

        for (int p = 0; p < _products.Length; p++)
        {
            terms[at + p] = ((terms[_products[p].Left] * terms[_products[p].Right]) - _productMean[p]) * _productScale[p];
        }
    }

    private double Standardised(ReadOnlySpan<float> values, int column) =>
        ((float.IsNaN(values[column]) ? _fill[column] : values[column]) - _mean[column]) * _scale[column];

    private void Standardise(ReadOnlySpan<float> matrix, ReadOnlySpan<int> rows)
    {
        (_termMean, _termScale) = (new double[Plain], [.. Enumerable.Repeat(1.0, Plain)]);
        double[][] columns = Columns(matrix, rows);
        var moments = Array.ConvertAll(columns, Moments);
        (_termMean, _termScale) = (Array.ConvertAll(moments, pair => pair.Mean), Array.ConvertAll(moments, pair => pair.Scale));
    }

    private static (double Mean, double Scale) Moments(double[] values)
    {
        double mean = values.Sum() / values.Length;
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(squares / values.Length);
        return (mean, deviation > 1e-9 ? 1 / deviation : 0);
    }

    private static IEnumerable<SplineTerm> Bends(int column, float[] known, double mean, double scale)
    {
        if (known.Distinct().Take(DistinctForBends).Count() < DistinctForBends)
        {
            return [];
        }

        double[] shares = known.Length >= ManyRows ? FiveKnots : FourKnots;
        double[] knots = [.. shares.Select(share => (Quantile(known, share) - mean) * scale).Distinct().Order()];
        return knots.Length < 3 ? [] : SplineTerm.Of(column, knots);
    }

    private static double Quantile(float[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * ((double)sorted[above] - sorted[below]));
    }

    private static float[] Column(ReadOnlySpan<float> matrix, int width, int column, ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = matrix[(rows[i] * width) + column];
        }

        return values;
    }
}
