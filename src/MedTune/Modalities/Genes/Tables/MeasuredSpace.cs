using MedTune.Data.Genes;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Measurements of genes, standardized: in the graph one product of the raw values, behind the filling in of missing ones.</summary>
/// <remarks>
/// Where it is asked for, each sample is first brought to mean 0 and variance 1 over its genes, which takes out what a whole array has more or less of (Dudoit, Fridlyand and Speed,
/// J. Am. Stat. Assoc. 97, 2002).
/// </remarks>
internal sealed class MeasuredSpace : LinearSpace
{
    // Of a sample without any differences nothing is left; the divisor must not be 0.
    private const double LeastVariance = 1e-12;

    private readonly ValueScale _scale;
    private readonly double[] _fill;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private double[][]? _columns;

    private MeasuredSpace(ValueScale scale, double[] fill, double[] means, double[] deviations, double[][]? columns) =>
        (_scale, _fill, _means, _deviations, _columns) = (scale, fill, means, deviations, columns);

    public override int Width => _means.Length;

    public override double[][] Columns => _columns ?? throw new InvalidOperationException("The space holds no training rows.");

    /// <summary>Whether values enter by their logarithm.</summary>
    public bool IsLogarithmic => _scale.IsLogarithmic;

    /// <summary>Whether each sample is brought to one mean and variance; missing values are filled in before.</summary>
    private bool IsBySample => _fill.Length > 0;

    /// <summary>Measures training rows.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="rows">Those that may be looked at.</param>
    /// <param name="bySample">Whether each sample is standardized over its genes first.</param>
    public static MeasuredSpace Of(GeneData data, ReadOnlySpan<int> rows, bool bySample)
    {
        var values = data.Values.Span;
        var scale = data.Input == GeneForm.Expression ? ValueScale.Of(values, data.Features.Length, rows) : ValueScale.None;
        var columns = StandardizedColumns.Of(values, data.Features.Length, rows, scale);
        if (!bySample)
        {
            return new MeasuredSpace(scale, [], columns.Means, columns.Deviations, columns.Columns);
        }

        double[][] own = columns.Columns;
        for (int feature = 0; feature < own.Length; feature++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                own[feature][i] = (own[feature][i] * columns.Deviations[feature]) + columns.Means[feature];
            }
        }

        StandardizeSamples(own, rows.Length);
        var (means, deviations) = (new double[own.Length], new double[own.Length]);
        for (int feature = 0; feature < own.Length; feature++)
        {
            (means[feature], deviations[feature]) = StandardizedColumns.Standardize(own[feature]);
        }

        return new MeasuredSpace(scale, columns.Means, means, deviations, own);
    }

    /// <summary>What <see cref="Write"/> kept.</summary>
    public static MeasuredSpace Of(FitRecord record) =>
        new(new ValueScale(record["scale"][0], record["scale"][1]), record["fill"], record["means"], record["deviations"], null);

    public override void Write(FitRecord record)
    {
        record["scale"] = [_scale.Centre, _scale.Width];
        (record["fill"], record["means"], record["deviations"]) = (_fill, _means, _deviations);
    }

    public override void ForgetColumns() => _columns = null;

    public override void Row(ReadOnlySpan<float> values, Span<double> destination)
    {
        for (int feature = 0; feature < values.Length; feature++)
        {
            double value = _scale.Apply(values[feature]);
            destination[feature] = double.IsNaN(value) ? IsBySample ? _fill[feature] : _means[feature] : value;
        }

        if (IsBySample)
        {
            (double mean, double factor) = SampleScale(destination);
            for (int feature = 0; feature < destination.Length; feature++)
            {
                destination[feature] = (destination[feature] - mean) * factor;
            }
        }

        for (int feature = 0; feature < destination.Length; feature++)
        {
            destination[feature] = _deviations[feature] > 0 ? (destination[feature] - _means[feature]) / _deviations[feature] : 0;
        }
    }

    public override Value Append(GraphBuilder builder, Value input, GeneLinearFit fit, string name)
    {
        var value = input;
        if (_scale.IsLogarithmic)
        {
            value = builder.Subtract(value, builder.Initializer("scale/centre", Tensor.Vector((float)_scale.Centre)));
            value = builder.Append("Asinh", [builder.Multiply(value, builder.Initializer("scale/factor", Tensor.Vector((float)(1 / _scale.Width))))]);
        }

        var fill = builder.Initializer("fill", Tensor.Vector(Array.ConvertAll(IsBySample ? _fill : _means, mean => (float)mean)));
        value = builder.Where(builder.IsNaN(value), fill, value);
        if (IsBySample)
        {
            value = builder.Subtract(value, builder.ReduceMean(value, [1]));
            var variance = builder.ReduceMean(builder.Multiply(value, value), [1]);
            value = builder.Divide(value, builder.Sqrt(builder.Add(variance, builder.Initializer("scale/least", Tensor.Vector((float)LeastVariance)))));
        }

        var weights = new float[Width * fit.Intercepts.Length];
        double[] intercepts = [.. fit.Intercepts];
        for (int margin = 0; margin < intercepts.Length; margin++)
        {
            for (int feature = 0; feature < Width; feature++)
            {
                double raw = _deviations[feature] > 0 ? fit.Weights[margin][feature] / _deviations[feature] : 0;
                weights[(feature * intercepts.Length) + margin] = (float)raw;
                intercepts[margin] -= raw * _means[feature];
            }
        }

        return builder.Append(
            "Gemm",
            [
                value,
                builder.Initializer("weights", new Tensor<float>(new Shape(Width, intercepts.Length), weights)),
                builder.Initializer("intercept", Tensor.Vector(Array.ConvertAll(intercepts, intercept => (float)intercept))),
            ],
            outputName: name);
    }

    private static void StandardizeSamples(double[][] columns, int samples)
    {
        var sample = new double[columns.Length];
        for (int i = 0; i < samples; i++)
        {
            for (int feature = 0; feature < sample.Length; feature++)
            {
                sample[feature] = columns[feature][i];
            }

            (double mean, double factor) = SampleScale(sample);
            for (int feature = 0; feature < sample.Length; feature++)
            {
                columns[feature][i] = (sample[feature] - mean) * factor;
            }
        }
    }

    private static (double Mean, double Factor) SampleScale(ReadOnlySpan<double> sample)
    {
        double mean = Reductions.Sum(sample) / sample.Length, squares = 0;
        foreach (double value in sample)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, 1 / Math.Sqrt((squares / sample.Length) + LeastVariance));
    }
}
