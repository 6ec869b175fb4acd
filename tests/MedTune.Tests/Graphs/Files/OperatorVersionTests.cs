using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Operators;

namespace MedTune.Tests.Graphs.Files;

/// <summary>Operators as older and newer operator sets wrote them, read and executed.</summary>
public sealed class OperatorVersionTests
{
    private static readonly Tensor X = Tensor.Create(new Shape(1, 4, 2), [0f, 1, 2, 3, 4, 5, 6, 7]);

    [Theory]
    [InlineData(9)]
    [InlineData(6)]
    public void Slice_ListsAsAttributes_AreRead(int opset)
    {
        var attributes = Attributes.None.With("starts", new long[] { 1 }).With("ends", new long[] { 3 }).With("axes", new long[] { 1 });

        Assert.Equal([2f, 3, 4, 5], Run(opset, "Slice", attributes, [X], ElementType.Float)[0].Values<float>().ToArray());
    }

    [Theory]
    [InlineData("Squeeze", 0, 11)]
    [InlineData("Unsqueeze", 3, 12)]
    public void Axes_AsAttribute_AreRead(string opType, int axis, int opset)
    {
        var result = Run(opset, opType, Attributes.None.With("axes", new long[] { axis }), [X], ElementType.Float)[0];

        Assert.Equal(opType == "Squeeze" ? "[4, 2]" : "[1, 4, 2, 1]", result.Shape.ToString());
    }

    [Fact]
    public void Split_EveryForm_IsRead()
    {
        var listed = Run(11, "Split", Attributes.None.With("axis", 1).With("split", new long[] { 1, 3 }), [X], ElementType.Float, outputs: 2);
        var implied = Run(13, "Split", Attributes.None.With("axis", 1), [X], ElementType.Float, outputs: 2);
        var counted = Run(18, "Split", Attributes.None.With("axis", 1).With("num_outputs", 3), [X], ElementType.Float, outputs: 3);

        Assert.Equal(["[1, 1, 2]", "[1, 3, 2]"], listed.Select(part => part.Shape.ToString()));
        Assert.Equal(["[1, 2, 2]", "[1, 2, 2]"], implied.Select(part => part.Shape.ToString()));
        Assert.Equal(["[1, 2, 2]", "[1, 2, 2]", "[1, 0, 2]"], counted.Select(part => part.Shape.ToString()));
    }

    [Fact]
    public void Add_BroadcastAlongAnAxis_IsReadFromSet6()
    {
        var result = Run(6, "Add", Attributes.None.With("broadcast", 1).With("axis", 1), [X, Tensor.Vector(10f, 20, 30, 40)], ElementType.Float)[0];

        Assert.Equal([10f, 11, 22, 23, 34, 35, 46, 47], result.Values<float>().ToArray());
    }

    [Fact]
    public void FormsOfTheFirstSets_AreRead()
    {
        var reshaped = Run(4, "Reshape", Attributes.None.With("shape", new long[] { 2, -1 }).With("consumed_inputs", new long[] { 0 }), [X], ElementType.Float)[0];
        var cast = Run(5, "Cast", Attributes.None.With("to", "INT64"), [X], ElementType.Int64)[0];
        var joined = Run(3, "Concat", Attributes.None, [X, X], ElementType.Float)[0];
        var tiled = new TestModel { Opset = 5 }.Input("x0", ElementType.Float, 1, 4, 2).Initializer("times", Tensor.Scalar(3f)).Initializer("axis", Tensor.Scalar(2f));
        var repeated = Execute(tiled.Node("Tile", ["x0", "times", "axis"], ["y0"]).Output("y0", ElementType.Float).ToBytes(), [X])[0];
        var absolute = Run(1, "Relu", Attributes.None.With("consumed_inputs", new long[] { 1 }), [X], ElementType.Float)[0];
        var scaled = Run(1, "Selu", Attributes.None, [X], ElementType.Float)[0];

        Assert.Equal("[2, 4]", reshaped.Shape.ToString());
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6, 7], cast.Values<long>().ToArray());
        Assert.Equal("[1, 8, 2]", joined.Shape.ToString());
        Assert.Equal("[1, 4, 6]", repeated.Shape.ToString());
        Assert.Equal(X.Values<float>().ToArray(), absolute.Values<float>().ToArray());
        Assert.Equal(7 * 1.0507f, scaled.Values<float>()[7]);
    }

    [Fact]
    public void Cast_OfNewerSets_LosesWhatSet18DoesNotKnow()
    {
        var graph = OnnxFile.Read(Model(19, 3, "Cast", Attributes.None.With("to", 7).With("saturate", 1), [X], ElementType.Int64, 1, ""));

        Assert.False(graph.Nodes[0].Attributes.Has("saturate"));
    }

    [Fact]
    public void LabelEncoder_Version1_GoesBothWays()
    {
        var attributes = Attributes.None.With("classes_strings", new[] { "f", "m" }).With("default_int64", 9).With("default_string", "?");

        var codes = RunMl(1, attributes, Tensor.Vector("m", "x", "f"), ElementType.Int64);
        var texts = RunMl(1, attributes, Tensor.Vector(1L, 2L, 0L), ElementType.String);

        Assert.Equal([1L, 9, 0], codes.Values<long>().ToArray());
        Assert.Equal(["m", "?", "f"], texts.Values<string>().ToArray());
    }

    [Fact]
    public void LabelEncoder_Version4_ReadsTensors()
    {
        var attributes = Attributes.None.With("keys_tensor", Tensor.Vector("f", "m")).With("values_tensor", Tensor.Vector(1L, 2L)).With("default_tensor", Tensor.Vector(7L));

        Assert.Equal([2L, 7, 1], RunMl(4, attributes, Tensor.Vector("m", "x", "f"), ElementType.Int64).Values<long>().ToArray());
    }

    [Theory]
    [InlineData(2, -1)]
    [InlineData(3, -1)]
    [InlineData(4, 5)]
    public void LabelEncoder_NaNKey_CountsFromVersion4(int version, long expected)
    {
        var attributes = Attributes.None.With("keys_floats", new[] { float.NaN, 1f }).With("values_int64s", new long[] { 5, 6 });

        Assert.Equal([expected, 6], RunMl(version, attributes, Tensor.Vector(float.NaN, 1f), ElementType.Int64).Values<long>().ToArray());
    }

    [Fact]
    public void LabelEncoder_EqualKeys_TheFirstCounts()
    {
        var attributes = Attributes.None.With("keys_strings", new[] { "a", "a" }).With("values_int64s", new long[] { 5, 6 });

        Assert.Equal([5L], RunMl(2, attributes, Tensor.Vector("a"), ElementType.Int64).Values<long>().ToArray());
    }

    private static Tensor RunMl(int version, Attributes attributes, Tensor input, ElementType result) =>
        Execute(Model(18, version, "LabelEncoder", attributes, [input], result, 1, "ai.onnx.ml"), [input])[0];

    private static Tensor[] Run(int opset, string opType, Attributes attributes, Tensor[] inputs, ElementType result, int outputs = 1) =>
        Execute(Model(opset, 3, opType, attributes, inputs, result, outputs, ""), inputs);

    private static byte[] Model(int opset, int mlOpset, string opType, Attributes attributes, Tensor[] inputs, ElementType result, int outputs, string domain)
    {
        var model = new TestModel { Opset = opset, MlOpset = mlOpset };
        for (int i = 0; i < inputs.Length; i++)
        {
            model.Input($"x{i}", inputs[i].Type, [.. inputs[i].Shape.Extents.ToArray().Select(extent => (long)extent)]);
        }

        string[] names = [.. Enumerable.Range(0, outputs).Select(i => $"y{i}")];
        model.Node(opType, [.. Enumerable.Range(0, inputs.Length).Select(i => $"x{i}")], names, attributes, domain);
        foreach (string name in names)
        {
            model.Output(name, result);
        }

        return model.ToBytes();
    }

    private static Tensor[] Execute(byte[] bytes, Tensor[] inputs)
    {
        // What is read is written and read again: the result must not depend on it.
        var graph = OnnxFile.Read(OnnxFile.ToBytes(OnnxFile.Read(bytes)));
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions());
        for (int i = 0; i < inputs.Length; i++)
        {
            CaseRun.Fill(plan, $"x{i}", inputs[i]);
        }

        plan.Run();
        ImmutableArray<Value> outputs = graph.Outputs;
        return [.. outputs.Select(output => CaseRun.Read(plan, output, Precision.Float))];
    }
}
