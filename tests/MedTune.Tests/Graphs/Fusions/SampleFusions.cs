using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Fusions;

/// <summary>Small networks with what is fused: as MedTune's architectures write it, as files of other makers do, and variants that must stay in parts.</summary>
internal static class SampleFusions
{
    /// <summary>Networks on x [2, 5, 8], with the operator that has to occur when all weights train.</summary>
    public static Dictionary<string, (string Operator, Func<GraphBuilder, Value, Value> Build)> Fused { get; } = new(StringComparer.Ordinal)
    {
        ["one projection, split"] = ("HeadAttention", (build, x) =>
        {
            var parts = build.Split(Linear(build, build.Reshape(x, -1, 8), 8, 24), build.Constant(Tensor.Vector(8L, 8L, 8L), "parts"), 1, 3);
            return Mixed(build, [.. parts.Select(part => build.Reshape(part, 2, 5, 2, 4))], build.Scalar(0.5f, x));
        }
        ),
        ["one projection, gathered"] = ("HeadAttention", (build, x) =>
        {
            var parts = build.Transpose(build.Reshape(Linear(build, x, 8, 24), 2, 5, 3, 2, 4), 2, 0, 3, 1, 4);
            Value Part(long index) => build.Gather(parts, build.Constant(Tensor.Scalar(index), "index"));
            var scores = build.Multiply(build.MatMul(Part(0), build.Transpose(Part(1), 0, 1, 3, 2)), build.Scalar(0.5f, x));
            return build.Reshape(build.Transpose(build.MatMul(build.Softmax(scores, 3), Part(2)), 0, 2, 1, 3), 2, 5, 8);
        }
        ),
        ["three projections and a mask"] = ("HeadAttention", (build, x) =>
        {
            Value[] parts = [.. Enumerable.Range(0, 3).Select(_ => build.Reshape(Linear(build, x, 8, 8), 2, 5, 2, 4))];
            var mask = build.Constant(Tensor.Create(new Shape(2, 1, 1, 5), [0, 0, -1e9f, 0, 0, -1e9f, 0, 0, 0, 0.5f]), "mask");
            return Mixed(build, parts, build.Scalar(2, x), mask, divides: true);
        }
        ),
        ["queries and keys scaled before"] = ("HeadAttention", (build, x) =>
        {
            Value[] parts = [.. Enumerable.Range(0, 3).Select(_ => build.Transpose(build.Reshape(Linear(build, x, 8, 8), 2, 5, 2, 4), 0, 2, 1, 3))];
            var root = build.Scalar(0.8f, x);
            var scores = build.MatMul(build.Multiply(parts[0], root), build.Multiply(build.Transpose(parts[1], 0, 1, 3, 2), root));
            return build.Reshape(build.Transpose(build.MatMul(build.Softmax(scores), parts[2]), 0, 2, 1, 3), 2, 5, 8);
        }
        ),
        ["a mask for every query"] = ("HeadAttention", (build, x) =>
        {
            Value[] parts = [.. Enumerable.Range(0, 3).Select(_ => build.Reshape(Linear(build, x, 8, 8), 2, 5, 2, 4))];
            return Mixed(build, parts, default, build.Constant(Tensor.Create(new Shape(2, 5, 5), Values(31, 50)), "mask"));
        }
        ),
        ["heads in parts of values"] = ("HeadAttention", (build, x) =>
        {
            // Queries and keys are two of three parts of one value, values are half of another.
            var first = build.Split(Linear(build, x, 8, 24), build.Constant(Tensor.Vector(8L, 8L, 8L), "parts"), 2, 3);
            var second = build.Split(Linear(build, x, 8, 16), build.Constant(Tensor.Vector(8L, 8L), "parts"), 2, 2);
            return build.Add(Mixed(build, [.. new[] { first[0], first[2], second[1] }.Select(part => build.Reshape(part, 2, 5, 2, 4))], build.Scalar(0.7f, x)), first[1]);
        }
        ),
        ["more queries than a block"] = ("HeadAttention", (build, x) =>
        {
            // [1, 1, 480, 6] by itself: 100 queries a block, and every head's keys collect from five blocks.
            var rows = build.Reshape(build.MatMul(Weight(build, 480, 10), build.Reshape(x, 10, 8)), 1, 480, 8);
            return build.Softmax(Mixed(build, [.. Enumerable.Range(0, 3).Select(_ => build.Reshape(Linear(build, rows, 8, 6), 1, 480, 1, 6))], build.Scalar(0.4f, x)));
        }
        ),
        ["three axes"] = ("HeadAttention", (build, x) =>
        {
            var (q, k, v) = (Linear(build, x, 8, 6), Linear(build, x, 8, 6), Linear(build, x, 8, 3));
            return build.MatMul(build.Softmax(build.Divide(build.MatMul(q, build.Transpose(k, 0, 2, 1)), build.Scalar(1.5f, x))), v);
        }
        ),
        ["gelu, x first"] = ("GeluGradient", (build, x) =>
        {
            var y = Linear(build, x, 8, 6);
            return build.Multiply(build.Multiply(y, build.Add(build.Erf(build.Divide(y, build.Scalar(1.41421356f, x))), build.Scalar(1, x))), build.Scalar(0.5f, x));
        }
        ),
        ["gelu, half first"] = ("GeluGradient", (build, x) =>
        {
            var y = Linear(build, x, 8, 6);
            var half = build.Multiply(build.Scalar(0.5f, x), y);
            return build.Multiply(half, build.Add(build.Scalar(1, x), build.Erf(build.Multiply(y, build.Scalar(0.707106781f, x)))));
        }
        ),
        ["normalized rows"] = ("LayerNormalizationGradient", (build, x) => build.Add(build.Multiply(Normalized(build, Linear(build, x, 8, 6), byPower: true), Weight(build, 6)), Weight(build, 6))),
        ["normalized rows, squared by hand"] = ("LayerNormalizationGradient", (build, x) => build.Multiply(Weight(build, 8), Normalized(build, x, byPower: false))),
        ["a residual"] = ("FinishedProduct", (build, x) => build.Add(x, Linear(build, build.Relu(Linear(build, x, 8, 6)), 6, 8))),
        ["two products added"] = ("FinishedProduct", (build, x) => build.Add(Linear(build, x, 8, 8), Linear(build, build.Relu(x), 8, 8))),
        ["a residual of rows"] = ("FinishedProduct", (build, x) =>
        {
            var rows = build.Reshape(x, 10, 8);
            return build.Add(build.Gemm(rows, Weight(build, 8, 8), Weight(build, 8), transposeB: true), rows);
        }
        ),
    };

    /// <summary>Networks in which nothing may be fused although it nearly could.</summary>
    public static Dictionary<string, Func<GraphBuilder, Value, Value>> Apart { get; } = new(StringComparer.Ordinal)
    {
        ["weights are read twice"] = (build, x) =>
        {
            var weights = build.Softmax(build.MatMul(x, build.Transpose(x, 0, 2, 1)));
            return build.Add(build.MatMul(weights, x), build.ReduceSum(weights, [2L]));
        },
        ["scores are shown"] = (build, x) =>
        {
            var scores = build.MatMul(x, build.Transpose(x, 0, 2, 1));
            build.Output(scores, "shown");
            return build.MatMul(build.Softmax(scores), build.Relu(x));
        },
        ["softmax over queries"] = (build, x) => build.MatMul(build.Softmax(build.MatMul(x, build.Transpose(x, 0, 2, 1)), 1), build.Relu(x)),
        ["one value in three roles"] = (build, x) => build.MatMul(build.Softmax(build.MatMul(x, build.Transpose(x, 0, 2, 1))), x),
        ["features do not lie side by side"] = (build, x) =>
        {
            // The keys [2, 5, 8] are 8 of 5 features, one feature after the other.
            var crossed = build.Transpose(build.Relu(x), 0, 2, 1);
            return build.MatMul(build.Softmax(build.MatMul(build.Relu(crossed), build.Relu(x))), crossed);
        },
        ["not quite gelu"] = (build, x) => build.Multiply(build.Multiply(x, build.Add(build.Erf(build.Divide(x, build.Scalar(1.4f, x))), build.Scalar(1, x))), build.Scalar(0.5f, x)),
        ["gelu of two values"] = (build, x) => build.Multiply(build.Multiply(build.Relu(x), build.Add(build.Erf(build.Divide(x, build.Scalar(1.41421356f, x))), build.Scalar(1, x))), build.Scalar(0.5f, x)),
        ["erf is read twice"] = (build, x) =>
        {
            var erf = build.Erf(build.Divide(x, build.Scalar(1.41421356f, x)));
            return build.Add(build.Multiply(build.Multiply(x, build.Add(erf, build.Scalar(1, x))), build.Scalar(0.5f, x)), erf);
        },
        ["deviation is read once more"] = (build, x) =>
        {
            var deviation = build.Subtract(x, build.ReduceMean(x, [-1L]));
            var variance = build.ReduceMean(build.Pow(deviation, build.Scalar(2, x)), [-1L]);
            var y = build.Divide(deviation, build.Sqrt(build.Add(variance, build.Scalar(1e-5f, x))));
            return build.Add(build.Multiply(y, Weight(build, 8)), deviation);
        },
        ["mean over another axis"] = (build, x) =>
        {
            var deviation = build.Subtract(x, build.ReduceMean(x, [1L]));
            var variance = build.ReduceMean(build.Pow(deviation, build.Scalar(2, x)), [-1L]);
            return build.Multiply(build.Divide(deviation, build.Sqrt(build.Add(variance, build.Scalar(1e-5f, x)))), Weight(build, 8));
        },
        ["a product is read twice"] = (build, x) =>
        {
            var product = build.MatMul(x, Weight(build, 8, 8));
            return build.Multiply(build.Relu(product), product);
        },
    };

    /// <summary>x · W + b over the last axis.</summary>
    public static Value Linear(GraphBuilder build, Value x, int inputs, int outputs) => build.Add(build.MatMul(x, Weight(build, inputs, outputs)), Weight(build, outputs));

    public static Value Weight(GraphBuilder build, params int[] extents) =>
        build.Constant(Tensor.Create(new Shape(extents), Values((ulong)(extents.Length + build.Nodes.Count), new Shape(extents).Length)), "weight");

    public static float[] Values(ulong seed, int length)
    {
        float[] values = new float[length];
        new Philox(seed, RandomPurpose.Search, 0).FillUniform(0, values);
        return [.. values.Select(value => value - 0.5f)];
    }

    /// <summary>Attention of heads [N, L, heads, width], joined again.</summary>
    private static Value Mixed(GraphBuilder build, Value[] heads, Value scale = default, Value mask = default, bool divides = false)
    {
        var (q, k, v) = (build.Transpose(heads[0], 0, 2, 1, 3), build.Transpose(heads[1], 0, 2, 3, 1), build.Transpose(heads[2], 0, 2, 1, 3));
        var scores = build.MatMul(q, k);
        scores = scale.Name is null ? scores : divides ? build.Divide(scores, scale) : build.Multiply(scores, scale);
        scores = mask.Name is null ? scores : build.Add(scores, mask);
        var mixed = build.Transpose(build.MatMul(build.Softmax(scores), v), 0, 2, 1, 3);
        return build.Reshape(mixed, 0, 0, -1);
    }

    private static Value Normalized(GraphBuilder build, Value x, bool byPower)
    {
        var deviation = build.Subtract(x, build.ReduceMean(x, [-1L]));
        var square = byPower ? build.Pow(deviation, build.Scalar(2, x)) : build.Multiply(deviation, deviation);
        return build.Divide(deviation, build.Sqrt(build.Add(build.ReduceMean(square, [-1L]), build.Scalar(1e-5f, x))));
    }
}
