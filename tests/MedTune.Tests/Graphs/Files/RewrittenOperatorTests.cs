using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

/// <summary>Operators that other nodes stand in for once a file is read.</summary>
public sealed class RewrittenOperatorTests
{
    [Fact]
    public void GroupNormalization_OneScalePerChannel_IsReadFromSet21()
    {
        float[] x = [0, 1, 2, 3, 4, 5, 6, 11];
        var file = new TestModel { Opset = 21 }
            .Input("x", ElementType.Float, 1, 4, 2)
            .Initializer("scale", Tensor.Vector(1f, 2f, -1f, 0.5f))
            .Initializer("bias", Tensor.Vector(0f, 1f, 2f, -3f))
            .Node("GroupNormalization", ["x", "scale", "bias"], ["y"], Attributes.None.With("num_groups", 2).With("epsilon", 0f))
            .Output("y", ElementType.Float, 1, 4, 2);

        float[] y = Run(file, x);

        // Groups {0, 1, 2, 3} and {4, 5, 6, 11}: means 1.5 and 6.5, variances 1.25 and 7.25.
        float[] normalized = [.. x.Select((value, i) => i < 4 ? (value - 1.5f) / MathF.Sqrt(1.25f) : (value - 6.5f) / MathF.Sqrt(7.25f))];
        float[] scale = [1, 1, 2, 2, -1, -1, 0.5f, 0.5f];
        float[] bias = [0, 0, 1, 1, 2, 2, -3, -3];
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal((normalized[i] * scale[i]) + bias[i], y[i], 1e-5f);
        }
    }

    [Fact]
    public void ZipMap_DeclaredAsAListOfMaps_LeavesTheProbabilities()
    {
        var map = TestModel.Message((OnnxFields.Type.Map, TestModel.Message((1, (int)ElementType.Int64))));
        var list = TestModel.Message((OnnxFields.Type.Sequence, TestModel.Message((OnnxFields.SequenceType.ElementType, map))));
        var file = new TestModel()
            .Input("x", ElementType.Float, 2, 2)
            .Node("ZipMap", ["x"], ["y"], Attributes.None.With("classlabels_int64s", (long[])[0, 1]), "ai.onnx.ml")
            .Raw(OnnxFields.Graph.Output, TestModel.Message((OnnxFields.ValueType.Name, "y"), (OnnxFields.ValueType.Type, list)));

        Assert.Equal([0.25f, 0.75f, 1, 0], Run(file, [0.25f, 0.75f, 1, 0]));
    }

    private static float[] Run(TestModel file, float[] x)
    {
        using var plan = ExecutionPlan.Compile(OnnxFile.Read(file.ToBytes()), new PlanOptions { Dimensions = ImmutableDictionary<string, int>.Empty });
        x.CopyTo(plan.Input<float>("x"));
        plan.Run();
        return plan.Output<float>("y").ToArray();
    }
}
