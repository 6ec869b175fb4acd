using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>
/// Dosages, standardized, with the ancestry components of the training samples (principal components of dosages, each divided by what its allele's frequency lets it vary: Patterson, Price and
/// Reich, PLoS Genetics 2, 2006) and polygenic scores beside them.
/// </summary>
internal sealed class DosageSpace : LinearSpace
{
    private const int MostComponents = 10;

    // Components are of the variants together; so many of them, spread over the file, say what all would.
    private const int MostVariants = 5000;

    // Components and scores stand for what is known before: they are weighed with a fifth of the lasso and a twenty-fifth of the ridge penalty of a variant.
    private const double Favour = 5;

    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _spreads;
    private readonly double[][] _loadings;
    private readonly ImmutableArray<GeneScore> _scores;
    private readonly double[] _centres;
    private readonly double[] _factors;
    private double[][]? _columns;

    private DosageSpace(double[] means, double[] deviations, double[] spreads, double[][] loadings, ImmutableArray<GeneScore> scores, double[] centres, double[] factors, double[][]? columns) =>
        (_means, _deviations, _spreads, _loadings, _scores, _centres, _factors, _columns) = (means, deviations, spreads, loadings, scores, centres, factors, columns);

    public override int Width => _means.Length + _factors.Length;

    public override double[][] Columns => _columns ?? throw new InvalidOperationException("The space holds no training rows.");

    /// <summary>Number of ancestry components.</summary>
    public int Components => _loadings.Length;

    /// <summary>Measures training rows: frequencies, components and the spread of scores are theirs alone.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="rows">Those that may be looked at.</param>
    /// <param name="scores">Polygenic scores.</param>
    public static DosageSpace Of(GeneData data, int[] rows, ImmutableArray<GeneScore> scores)
    {
        int variants = data.Features.Length;
        var columns = StandardizedColumns.Of(data.Values.Span, variants, rows, ValueScale.None);
        double[] spreads = Array.ConvertAll(columns.Means, mean => Spread(mean, rows.Length));
        double[][] loadings = Loadings(columns, spreads);
        var all = new double[variants + loadings.Length + scores.Length][];
        columns.Columns.CopyTo(all, 0);
        for (int k = 0; k < loadings.Length; k++)
        {
            all[variants + k] = Along(columns, spreads, loadings[k], rows.Length);
        }

        for (int k = 0; k < scores.Length; k++)
        {
            double[] weights = Weights(scores[k], variants);
            all[variants + loadings.Length + k] = Along(columns, Array.ConvertAll(spreads, _ => 1.0), weights, rows.Length);
        }

        var (centres, factors) = (new double[all.Length - variants], new double[all.Length - variants]);
        for (int k = 0; k < factors.Length; k++)
        {
            (centres[k], double deviation) = StandardizedColumns.Standardize(all[variants + k]);
            factors[k] = deviation > 0 ? Favour / deviation : 0;
            all[variants + k] = Array.ConvertAll(all[variants + k], value => value * Favour);
        }

        return new DosageSpace(columns.Means, columns.Deviations, spreads, loadings, scores, centres, factors, all);
    }

    /// <summary>What <see cref="Write"/> kept.</summary>
    public static DosageSpace Of(FitRecord record, ImmutableArray<GeneScore> scores)
    {
        double[] means = record["means"], loadings = record["loadings"];
        return new DosageSpace(means, record["deviations"], record["spreads"], [.. loadings.Chunk(Math.Max(1, means.Length))], scores, record["centres"], record["factors"], null);
    }

    public override void Write(FitRecord record)
    {
        (record["means"], record["deviations"], record["spreads"]) = (_means, _deviations, _spreads);
        (record["loadings"], record["centres"], record["factors"]) = ([.. _loadings.SelectMany(own => own)], _centres, _factors);
    }

    public override void ForgetColumns() => _columns = null;

    public override void Row(ReadOnlySpan<float> values, Span<double> destination)
    {
        var centred = new double[_means.Length];
        for (int variant = 0; variant < centred.Length; variant++)
        {
            centred[variant] = float.IsNaN(values[variant]) ? 0 : values[variant] - _means[variant];
            destination[variant] = _deviations[variant] > 0 ? centred[variant] / _deviations[variant] : 0;
        }

        for (int k = 0; k < _factors.Length; k++)
        {
            double sum = 0;
            if (k < _loadings.Length)
            {
                for (int variant = 0; variant < centred.Length; variant++)
                {
                    sum += _spreads[variant] > 0 ? _loadings[k][variant] * centred[variant] / _spreads[variant] : 0;
                }
            }
            else
            {
                sum = ColumnSums.Dot(centred, Weights(_scores[k - _loadings.Length], centred.Length));
            }

            destination[_means.Length + k] = (sum - _centres[k]) * _factors[k];
        }
    }

    public override Value Append(GraphBuilder builder, Value input, GeneLinearFit fit, string name)
    {
        int variants = _means.Length, margins = fit.Intercepts.Length;
        var means = builder.Initializer("means", Tensor.Vector(Array.ConvertAll(_means, mean => (float)mean)));
        var known = builder.Where(builder.IsNaN(input), means, input);
        var centred = builder.Subtract(known, means);
        var sum = builder.Gemm(
            centred,
            builder.Initializer("weights", Matrix(variants, margins, (variant, margin) => _deviations[variant] > 0 ? fit.Weights[margin][variant] / _deviations[variant] : 0)),
            builder.Initializer("intercept", Tensor.Vector(Array.ConvertAll(Intercepts(fit), value => (float)value))));
        if (_loadings.Length > 0)
        {
            var scaled = builder.Multiply(centred, builder.Initializer("ancestry/scale", Tensor.Vector(Array.ConvertAll(_spreads, spread => spread > 0 ? (float)(1 / spread) : 0))));
            var components = builder.Append(
                "MatMul", [scaled, builder.Initializer("ancestry/loadings", Matrix(variants, _loadings.Length, (variant, k) => _loadings[k][variant]))], outputName: "ancestry/components");
            sum = builder.Add(sum, builder.MatMul(components, builder.Initializer("ancestry/weights", Matrix(_loadings.Length, margins, (k, margin) => fit.Weights[margin][variants + k] * _factors[k]))));
        }

        for (int k = 0; k < _scores.Length; k++)
        {
            string own = string.Create(CultureInfo.InvariantCulture, $"score{k + 1}/");
            double[] weights = Weights(_scores[k], variants);
            int column = _loadings.Length + k;
            var score = builder.Append("MatMul", [centred, builder.Initializer(own + "weights", Matrix(variants, 1, (variant, _) => weights[variant]))], outputName: own + "value");
            sum = builder.Add(sum, builder.MatMul(score, builder.Initializer(own + "share", Matrix(1, margins, (_, margin) => fit.Weights[margin][variants + column] * _factors[column]))));
        }

        return builder.Append("Identity", [sum], outputName: name);
    }

    /// <summary>Centres of components and scores taken into the intercepts.</summary>
    private double[] Intercepts(GeneLinearFit fit) =>
        [.. fit.Intercepts.Select((intercept, margin) => intercept - Enumerable.Range(0, _factors.Length).Sum(k => fit.Weights[margin][_means.Length + k] * _factors[k] * _centres[k]))];

    /// <summary>What a dosage varies by at its allele's frequency, which is kept off 0 and 1 by half an allele; 0 where the variant never changes.</summary>
    private static double Spread(double mean, int samples)
    {
        double frequency = ((samples * mean) + 1) / ((2 * samples) + 2);
        return mean is > 0 and < 2 ? Math.Sqrt(2 * frequency * (1 - frequency)) : 0;
    }

    private static double[][] Loadings(StandardizedColumns columns, double[] spreads)
    {
        int[] varying = [.. Enumerable.Range(0, spreads.Length).Where(variant => spreads[variant] > 0 && columns.Deviations[variant] > 0)];
        if (varying.Length < 3 * MostComponents)
        {
            return [];
        }

        int count = Math.Min(varying.Length, MostVariants);
        int[] used = [.. Enumerable.Range(0, count).Select(i => varying[(int)((long)i * varying.Length / count)])];
        double[][] scaled = Array.ConvertAll(used, variant => Array.ConvertAll(columns.Columns[variant], value => value * columns.Deviations[variant] / spreads[variant]));
        var found = PrincipalComponents.Of(scaled, Math.Min(MostComponents, Math.Max(1, scaled[0].Length / 10)), 0);
        return Array.ConvertAll(found.Loadings, loading =>
        {
            var all = new double[spreads.Length];
            for (int i = 0; i < used.Length; i++)
            {
                all[used[i]] = loading[i];
            }

            return all;
        });
    }

    /// <summary>The training samples along weights of their centred dosages.</summary>
    private static double[] Along(StandardizedColumns columns, double[] spreads, double[] weights, int samples)
    {
        var sums = new double[samples];
        for (int variant = 0; variant < weights.Length; variant++)
        {
            if (weights[variant] != 0 && spreads[variant] > 0)
            {
                ColumnSums.AddMultiple(weights[variant] * columns.Deviations[variant] / spreads[variant], columns.Columns[variant], sums);
            }
        }

        return sums;
    }

    private static double[] Weights(GeneScore score, int variants)
    {
        var weights = new double[variants];
        foreach (var (feature, weight) in score.Weights)
        {
            weights[feature] += weight;
        }

        return weights;
    }

    private static Tensor<float> Matrix(int rows, int columns, Func<int, int, double> value)
    {
        var values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)value(i / columns, i % columns);
        }

        return new Tensor<float>(new Shape(rows, columns), values);
    }
}
