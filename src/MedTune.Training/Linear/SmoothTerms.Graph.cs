using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <content>The terms as nodes of a graph.</content>
internal sealed partial class SmoothTerms
{
    /// <summary>Appends a weighted sum of the terms.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="matrix">Float [N, columns], as <see cref="Measure"/> took it.</param>
    /// <param name="weights">One per term.</param>
    /// <param name="intercept">Added to the sum.</param>
    /// <returns>Float [N, 1].</returns>
    public Value AppendSum(GraphBuilder builder, Value matrix, ReadOnlySpan<double> weights, double intercept)
    {
        if (Count == 0)
        {
            // A first column times nothing keeps the number of rows.
            var first = builder.Gather(matrix, Indices(builder, [0]), 1);
            var nothing = builder.Cast(builder.And(builder.IsNaN(first), builder.Not(builder.IsNaN(first))), ElementType.Float);
            return builder.Add(nothing, Row(builder, [intercept]));
        }

        var plain = AppendPlain(builder, matrix);
        var sum = builder.MatMul(plain, Column(builder, weights[..Plain]));
        if (_products.Length > 0)
        {
            var left = builder.Gather(plain, Indices(builder, [.. _products.Select(pair => (long)pair.Left)]), 1);
            var right = builder.Gather(plain, Indices(builder, [.. _products.Select(pair => (long)pair.Right)]), 1);
            var products = Scaled(builder, builder.Multiply(left, right), _productMean, _productScale);
            sum = builder.Add(sum, builder.MatMul(products, Column(builder, weights[Plain..])));
        }

        return builder.Add(sum, Row(builder, [intercept]));
    }

    private Value AppendPlain(GraphBuilder builder, Value matrix)
    {
        var missing = builder.IsNaN(matrix);
        var filled = builder.Where(missing, Row(builder, _fill), matrix);
        var units = Scaled(builder, filled, _mean, _scale);
        var parts = new List<Value>();
        if (_numbers.Length > 0)
        {
            parts.Add(builder.Gather(units, Indices(builder, [.. _numbers.Select(column => (long)column)]), 1));
        }

        if (_flags.Length > 0)
        {
            parts.Add(builder.Gather(builder.Cast(missing, ElementType.Float), Indices(builder, [.. _flags.Select(column => (long)column)]), 1));
        }

        if (_bends.Length > 0)
        {
            parts.Add(AppendBends(builder, units));
        }

        if (_levels.Length > 0)
        {
            var columns = builder.Gather(matrix, Indices(builder, [.. _levels.Select(level => (long)level.Column)]), 1);
            var equal = builder.Equal(columns, builder.Constant(new Tensor<float>(new Shape(1, _levels.Length), [.. _levels.Select(level => level.Level)]), "levels"));
            parts.Add(builder.Cast(equal, ElementType.Float));
        }

        return Scaled(builder, parts.Count == 1 ? parts[0] : builder.Concat([.. parts], 1), _termMean, _termScale);
    }

    private Value AppendBends(GraphBuilder builder, Value units)
    {
        var cubes = _bends.SelectMany((bend, term) => bend.Knots.Select((knot, i) => (bend.Column, Knot: knot, Factor: bend.Factors[i], Term: term))).ToImmutableArray();
        var gathered = builder.Gather(units, Indices(builder, [.. cubes.Select(cube => (long)cube.Column)]), 1);
        var above = builder.Relu(builder.Subtract(gathered, Row(builder, [.. cubes.Select(cube => cube.Knot)])));
        var cubed = builder.Multiply(builder.Multiply(above, above), above);
        var factors = new float[cubes.Length * _bends.Length];
        for (int i = 0; i < cubes.Length; i++)
        {
            factors[(i * _bends.Length) + cubes[i].Term] = (float)cubes[i].Factor;
        }

        return builder.MatMul(cubed, builder.Constant(new Tensor<float>(new Shape(cubes.Length, _bends.Length), factors), "bends"));
    }

    private static Value Scaled(GraphBuilder builder, Value x, double[] mean, double[] scale) =>
        builder.Multiply(builder.Subtract(x, Row(builder, mean)), Row(builder, scale));

    private static Value Row(GraphBuilder builder, ReadOnlySpan<double> values) => builder.Constant(new Tensor<float>(new Shape(1, values.Length), Floats(values)), "row");

    private static Value Column(GraphBuilder builder, ReadOnlySpan<double> values) => builder.Constant(new Tensor<float>(new Shape(values.Length, 1), Floats(values)), "weights");

    private static Value Indices(GraphBuilder builder, long[] places) => builder.Constant(Tensor.Vector<long>(places), "columns");

    private static float[] Floats(ReadOnlySpan<double> values)
    {
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)values[i];
        }

        return floats;
    }
}
