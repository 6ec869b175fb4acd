using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

/// <summary>Small graphs that use everything a file can hold.</summary>
internal static class SampleGraphs
{
    /// <summary>A model over raw columns, the kind that is written for a hospital: text and numbers in, a probability out.</summary>
    public static Graph Tabular()
    {
        var builder = new GraphBuilder("tabular") { Documentation = "A table's raw columns in, logits out." };
        var age = builder.Input("age", ElementType.Float, "N", 1);
        var sex = builder.Input("性别", ElementType.String, "N", 1);
        var missing = builder.IsNaN(age);
        var imputed = builder.Where(missing, builder.Constant(Tensor.Create(new Shape(1, 1), [54.5f]), "age:mean"), age);
        var code = builder.LabelEncoder(sex, ["f", "m", "女", string.Empty], otherwise: 4);
        var table = builder.Initializer("sex:table", Tensor.Create(new Shape(5, 2), [0.5f, -1, 2, 0.25f, -0.75f, 1, 0, 3, 1.5f, -2]));
        var embedding = builder.Gather(table, builder.Squeeze(code, 1));
        var features = builder.Concat([imputed, builder.Cast(missing, ElementType.Float), embedding], 1);
        var weight = builder.Initializer("weight", Tensor.Create(new Shape(4, 3), [0.01f, -0.02f, 0.03f, 1, -1, 0.5f, 0.3f, 0.2f, -0.1f, -0.6f, 0.4f, 0.7f]));
        var bias = builder.Initializer("bias", Tensor.Vector(0.1f, -0.2f, 0.3f));
        builder.Output(builder.Gemm(features, weight, bias), "logits");
        builder.Metadata("medtune.manifest", """{"task":"binary"}""");
        builder.Metadata("作者", "测试");
        return builder.Build();
    }

    /// <summary>Every kind of attribute, every element type, a dimension that is a name and one that is not known.</summary>
    public static Graph Everything()
    {
        var builder = new GraphBuilder("everything");
        var x = builder.Input("x", ElementType.Float, "N", 4, "T");
        var y = builder.Input("y", ElementType.Int64, "N", Dimension.Unknown);
        builder.Output(builder.Transpose(x, 2, 0, 1), "transposed");
        builder.Output(builder.ArgMax(x, -1, keepDimensions: false), "largest");
        builder.Output(builder.Cast(y, ElementType.Double), "cast");
        builder.Output(builder.Append("ConstantOfShape", [builder.Shape(x)], Attributes.None.With("value", Tensor.Vector(2.5f))), "filled");
        builder.Output(builder.LabelEncoder(y, Attributes.None.With("keys_int64s", new long[] { -1, long.MaxValue }).With("values_strings", new[] { "a", "名" }).With("default_string", "?")), "text");
        builder.Output(builder.LabelEncoder(y, Attributes.None.With("keys_int64s", new long[] { 1 }).With("values_floats", new[] { float.NaN }).With("default_float", -0f)), "number");
        builder.Output(builder.Initializer("doubles", Tensor.Vector(1.0 / 3, double.NegativeInfinity)), "d");
        builder.Output(builder.Initializer("ints", Tensor.Create(new Shape(1, 2), [int.MinValue, 7])), "i");
        builder.Output(builder.Initializer("bytes", Tensor.Vector<byte>(0, 255)), "b");
        builder.Output(builder.Initializer("small", Tensor.Vector<sbyte>(-128, 127)), "s");
        builder.Output(builder.Initializer("truth", Tensor.Scalar(true)), "t");
        builder.Output(builder.Initializer("texts", Tensor.Vector(string.Empty, "名")), "x1");
        builder.Output(builder.Initializer("empty", Tensor.Create<float>(new Shape(0, 3), [])), "e");
        return builder.Build();
    }
}
