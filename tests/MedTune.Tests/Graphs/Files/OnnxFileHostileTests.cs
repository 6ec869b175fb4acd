using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Graphs.Files;

/// <summary>Files made to harm: each must end in one sentence, never in a crash or a hunger for memory.</summary>
public sealed class OnnxFileHostileTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Read_MutatedFiles_OnlyEverRefuses(int seed)
    {
        Fuzzing.Run(OnnxFile.ToBytes(SampleGraphs.Tabular()), seed, rounds: 4000, bytes => OnnxFile.Read(bytes));
        Fuzzing.Run(OnnxFile.ToBytes(SampleGraphs.Everything()), seed, rounds: 4000, bytes => OnnxFile.Read(bytes));
    }

    [Fact]
    public void ReadAndRun_MutatedNodeCases_OnlyEverRefuses()
    {
        const string Cases = "/usr/share/libonnx-testdata/data/node";
        if (!Directory.Exists(Cases))
        {
            output.WriteLine($"Left out: {Cases} is not there (Debian package libonnx-testdata).");
            return;
        }

        var random = new Random(29);
        foreach (string folder in Directory.GetDirectories(Cases, "test_*").Order(StringComparer.Ordinal))
        {
            byte[] valid = File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
            for (int round = 0; round < 80; round++)
            {
                Fuzzing.Try(Fuzzing.Mutate(valid, random), ReadAndRun, $"{Path.GetFileName(folder)}, round {round}");
            }
        }
    }

    [Fact]
    public void Read_Cycle_IsRefused()
    {
        var model = new TestModel().Input("x", ElementType.Float, 2).Node("Add", ["x", "b"], ["a"]).Node("Relu", ["a"], ["b"]).Output("b", ElementType.Float, 2);

        Refuses(model, "cycle");
    }

    [Fact]
    public void Read_LongChain_NeedsNoStack()
    {
        var model = new TestModel().Input("v0", ElementType.Float, 2);
        for (int i = 0; i < 20000; i++)
        {
            // Listed backwards, so that every node waits for one that comes later.
            int place = 19999 - i;
            model.Node("Identity", [$"v{place}"], [$"v{place + 1}"]);
        }

        Assert.Equal(20000, OnnxFile.Read(model.Output("v20000", ElementType.Float, 2).ToBytes()).Nodes.Length);
    }

    [Fact]
    public void Read_DuplicateNames_AreRefused()
    {
        Refuses(new TestModel().Input("x", ElementType.Float, 2).Input("x", ElementType.Float, 2).Output("x", ElementType.Float, 2), "two inputs");
        Refuses(new TestModel().Initializer("w", Tensor.Scalar(1f)).Initializer("w", Tensor.Scalar(1f)), "two initializers");
        Refuses(new TestModel().Input("x", ElementType.Float, 2).Node("Relu", ["x"], ["x"]).Output("x", ElementType.Float, 2), "'x'");
        Refuses(new TestModel().Input("x", ElementType.Float, 2).Node("Relu", ["x"], ["y"]).Node("Relu", ["x"], ["y"]).Output("y", ElementType.Float, 2), "'y'");
    }

    [Fact]
    public void Read_ValuesThatNothingGives_AreRefused()
    {
        Refuses(new TestModel().Node("Relu", ["gone"], ["y"]).Output("y", ElementType.Float, 2), "'gone'");
        Refuses(new TestModel().Input("x", ElementType.Float, 2).Output("gone", ElementType.Float, 2), "'gone'");
        Refuses(new TestModel().Input("x", ElementType.Float, 2), "no output");
    }

    [Fact]
    public void Read_WhatIsNotKnown_IsNamed()
    {
        var input = () => new TestModel().Input("x", ElementType.Float, 2);
        Refuses(input().Node("Conv9", ["x"], ["y"]).Output("y", ElementType.Float, 2), "Conv9");
        Refuses(input().Node("SumTo", ["x", "x"], ["y"], domain: "medtune").Output("y", ElementType.Float, 2), "medtune");
        Refuses(input().Node("Relu", ["x"], ["y"]).Output("y", ElementType.Int64, 2), "declared as Int64");
        Refuses(new TestModel().Input("x", (ElementType)14, 2).Output("x", (ElementType)14, 2), "complex64");
        Refuses(new TestModel().Input("x", (ElementType)1234567, 2).Output("x", ElementType.Float, 2), "1234567");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 31)]
    public void Read_ImpossibleExtents_AreRefused(long extent)
    {
        Refuses(new TestModel().Input("x", ElementType.Float, extent).Output("x", ElementType.Float, extent), "extent");
        Refuses(new TestModel().Raw(OnnxFields.Graph.Initializer, Tensor0((OnnxFields.Tensor.Dims, extent))), "extent");
    }

    [Fact]
    public void Read_HugeTensorsOfFewBytes_AreRefusedWithoutAllocating()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refuses(new TestModel().Raw(OnnxFields.Graph.Initializer, Tensor0((OnnxFields.Tensor.Dims, 2_000_000_000))), "needs");
        Refuses(new TestModel().Raw(OnnxFields.Graph.Initializer, Tensor0((OnnxFields.Tensor.Dims, 65536), (OnnxFields.Tensor.Dims, 65536))), "elements");
        Refuses(new TestModel().Raw(OnnxFields.Graph.Initializer, Tensor0((OnnxFields.Tensor.Dims, 1L << 30), (OnnxFields.Tensor.RawData, Tensor.Vector(1f)))), "bytes");
        Refuses(
            new TestModel().Raw(OnnxFields.Graph.Initializer, Tensor0((OnnxFields.Tensor.Dims, int.MaxValue), (OnnxFields.Tensor.Dims, int.MaxValue), (OnnxFields.Tensor.Dims, 0))),
            "supported");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8_000_000);
    }

    [Fact]
    public void Read_HugeValuesComputedByNodes_AreNotComputedWhileReading()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var model = new TestModel().Initializer("shape", Tensor.Vector(2_000_000_000L))
            .Node("ConstantOfShape", ["shape"], ["ones"], Attributes.None.With("value", Tensor.Vector(1L)))
            .Node("Tile", ["ones", "one"], ["y"]).Initializer("one", Tensor.Vector(1L)).Output("y", ElementType.Int64, 2_000_000_000);

        OnnxFile.Read(model.ToBytes());

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8_000_000);
    }

    [Fact]
    public void Read_DeepNesting_IsNotFollowed()
    {
        var nested = TestModel.Message((OnnxFields.Graph.Name, "g"));
        for (int depth = 0; depth < 3000; depth++)
        {
            var attribute = TestModel.Message((OnnxFields.Attribute.Name, "body"), (OnnxFields.Attribute.Graph, nested));
            var node = TestModel.Message((OnnxFields.Node.OpType, "Loop"), (OnnxFields.Node.Attribute, attribute));
            nested = TestModel.Message((OnnxFields.Graph.Node, node));
        }

        var model = TestModel.Message((OnnxFields.Model.IrVersion, 8), (OnnxFields.Model.Graph, nested), (OnnxFields.Model.OpsetImport, TestModel.Message((OnnxFields.Opset.Version, 18))));
        Assert.Contains("sub-graph", Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(TestModel.Bytes(model))).Message, StringComparison.Ordinal);

        // Groups are the wire format's own way to nest: 0x0B opens group 1.
        byte[] groups = new byte[1_000_000];
        Array.Fill(groups, (byte)0x0B);
        Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(groups));
    }

    [Fact]
    public void Read_MoreAxesThanAnyTensorHas_AreRefused()
    {
        var model = new TestModel().Input("x", ElementType.Float, 1).Initializer("axes", Tensor.Vector([.. Enumerable.Range(0, 100_000).Select(axis => (long)axis)]));
        Refuses(model.Node("Unsqueeze", ["x", "axes"], ["y"]).Node("Transpose", ["y"], ["z"]).Output("z", ElementType.Float), "axes");
    }

    [Fact]
    public void Read_AttributesOfTheWrongKind_AreRefused()
    {
        var input = () => new TestModel().Input("x", ElementType.Float, 2, 2);
        Refuses(input().Node("Transpose", ["x"], ["y"], Attributes.None.With("perm", "01")).Output("y", ElementType.Float, 2, 2), "perm");
        Refuses(input().Node("Transpose", ["x"], ["y"], Attributes.None.With("perm", new long[] { 0, 7 })).Output("y", ElementType.Float, 2, 2), "perm");
        Refuses(input().Node("Concat", ["x", "x"], ["y"], Attributes.None.With("axis", long.MaxValue)).Output("y", ElementType.Float, 4, 2), "axis");
        Refuses(input().Node("Flatten", ["x"], ["y"], Attributes.None.With("axis", long.MinValue)).Output("y", ElementType.Float, 4, 2), "axis");
        Refuses(input().Raw(OnnxFields.Graph.Node, TestModel.Message((OnnxFields.Node.Input, "x"))), "names no operator");
        Refuses(
            new TestModel { MlOpset = 1 }.Input("s", ElementType.String, 2).Node("LabelEncoder", ["s"], ["y"], domain: "ai.onnx.ml").Output("y", ElementType.Int64, 2),
            "classes_strings");
    }

    private static void ReadAndRun(byte[] bytes)
    {
        var graph = OnnxFile.Read(bytes);
        OnnxFile.ToBytes(graph);
        var dimensions = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        long elements = 0;
        foreach (var input in graph.Inputs)
        {
            long product = 1;
            for (int axis = 0; input.Type.HasRank && axis < input.Type.Rank; axis++)
            {
                var dimension = input.Type.Dimensions[axis];
                product *= Math.Min(dimension.Value ?? 3, 1 << 20);
                product = Math.Min(product, 1 << 22);
                if (dimension.Value is null)
                {
                    dimensions[dimension.Symbol ?? FormattableString.Invariant($"{input.Name}:{axis}")] = 3;
                }
            }

            elements += product;
        }

        // A large input is the caller's own wish, and no test of the file.
        if (elements < 1 << 20)
        {
            using var plan = ExecutionPlan.Compile(graph, new PlanOptions { Dimensions = dimensions.ToImmutable() });
            plan.Run();
        }
    }

    private static WireMessage Tensor0(params (int Field, object Value)[] fields) =>
        TestModel.Message([(OnnxFields.Tensor.DataType, 1), (OnnxFields.Tensor.Name, "w"), .. fields]);

    private static void Refuses(TestModel model, string reason)
    {
        string message = Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(model.ToBytes())).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }
}
