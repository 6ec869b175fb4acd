using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Graphs.Operators;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Files;
using MedTune.Tests.Graphs.Operators;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Graphs;

/// <summary>Any graph that was read can be trained, and goes back into a file with nothing changed but its weights.</summary>
public sealed class TrainableModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("*", "conv1.weight", true)]
    [InlineData("conv*", "conv1.weight", true)]
    [InlineData("*.weight", "conv1.weight", true)]
    [InlineData("conv?.*", "conv1.weight", true)]
    [InlineData("c*v*w*t", "conv1.weight", true)]
    [InlineData("conv1.weight", "conv1.weight", true)]
    [InlineData("conv?", "conv12", false)]
    [InlineData("*.bias", "conv1.weight", false)]
    [InlineData("Conv*", "conv1", false)]
    [InlineData("", "conv1", false)]
    [InlineData("*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void NamePattern_StarsAndQuestionMarks_StandForCharacters(string pattern, string name, bool fits) => Assert.Equal(fits, NamePattern.Matches(pattern, name));

    [Fact]
    public void Train_InitializersConstantsAndNormalization_LowersTheLossAndKeepsTheFile()
    {
        var source = OnnxFile.Read(SmallFile());
        var model = TrainableModel.Of(source);

        Assert.Equal(["conv.w", "head.b", "head.w", "norm.bias", "norm.scale"], model.Parameters.ToArray());
        Assert.Equal(["norm.mean", "norm.var"], model.Running.Select(statistic => statistic.Initializer));
        var values = Fit(model, "y", 0.05f, Sample.Values(3, 4, 1, 5, 5), [0, 1, 1, 0]);
        var exported = model.Export(values);

        // Everything but the values is what the file said.
        byte[] file = OnnxFile.ToBytes(exported);
        var again = OnnxFile.Read(file);
        Assert.Equal(13, again.SourceOpset);
        Assert.Equal(OnnxFile.ToBytes(source), OnnxFile.ToBytes(model.Export(source.Initializers)));
        Assert.Equal("for people", again.Documentation);
        Assert.Equal("the graph", again.Description);
        Assert.Equal("what the layer does", again.Nodes[0].Documentation);
        Assert.Equal("MIT", again.Metadata["licence"]);
        Assert.Equal(source.Nodes.Select(node => (node.OpType, node.Name)), again.Nodes.Select(node => (node.OpType, node.Name)));
        Assert.Equal(["conv.w", "head.b", "norm.bias", "norm.mean", "norm.scale", "norm.var", "zero"], again.Initializers.Keys);
        Assert.NotEqual(source.Initializers["norm.mean"].Values<float>().ToArray(), again.Initializers["norm.mean"].Values<float>().ToArray());
        var constant = again.Nodes.Single(node => node.OpType == "Constant");
        Assert.Equal(values["head.w"].Values<float>().ToArray(), constant.Attributes.Tensor("value")!.Values<float>().ToArray());
        Agrees(again, Sample.Values(4, 4, 1, 5, 5), "x", 4);
    }

    [Fact]
    public void Choice_PatternsAndFrozenStatistics_AreFollowed()
    {
        var source = OnnxFile.Read(SmallFile());
        var frozen = TrainableModel.Of(source, new TrainingChoice { Freeze = ["conv*", "head.?"], UsesBatchStatistics = false });
        var head = TrainableModel.Of(source, new TrainingChoice { Train = ["head.*"] });

        Assert.Equal(["norm.bias", "norm.scale"], frozen.Parameters.ToArray());
        Assert.Empty(frozen.Running);
        Assert.Equal(["head.b", "head.w"], head.Parameters.ToArray());
        Assert.Empty(head.Running);
        Fit(frozen, "y", 0.05f, Sample.Values(3, 4, 1, 5, 5), [0, 1, 1, 0]);
        Refuses(source, "'norm.mean' cannot be trained: it is Float[2] and no weight", "norm.mean");
        Refuses(source, "stores no tensor of this name", "nothing");
        Refuses(source, "None of the graph's 5 weights fits 'nothing*'", "nothing*");
    }

    [Theory]
    [InlineData("mobilenet_v1_0.25_224_imagenet.onnx", "features", "conv_pw_13*", 13, 0.01f)]
    [InlineData("mobilenet_v1_0.25_224_imagenet.onnx", "conv_pw_13_bn_relu", "*", 13, 0.001f)]
    [InlineData("mobilenet_v1_0.75_224_imagenet.onnx", "features", "conv_pw_13*", 13, 0.005f)]
    [InlineData("mobilenet_v1_0.75_224_imagenet.onnx", "conv_pw_13_bn_relu", "*", 13, 0.001f)]
    [InlineData("squeezenet1.1_imagenet_fp32.onnx", "fire9/concat_2", "fire9/*", 0, 0.0005f)]
    [InlineData("squeezenet1.1_imagenet_fp32.onnx", "fire9/concat_2", "*", 0, 0.0001f)]
    public void PretrainedModel_NewHead_TrainsExportsAndAgrees(string file, string cut, string layer, int opset, float rate)
    {
        if (SharedData.FindModel(file) is not string path)
        {
            output.WriteLine($"Left out: shared/models/{file} is not there.");
            return;
        }

        var pretrained = OnnxFile.Read(path);
        var source = NewHead.Linear(pretrained, cut, classes: 3, name: "margins");
        var model = TrainableModel.Of(source, new TrainingChoice { Train = [layer, "margins.*"], UsesBatchStatistics = layer == "*" });
        var x = Sample.Within(1, 9, 2, 3, 224, 224);
        var values = Fit(model, "margins", rate, x, [2, 0]);
        var exported = model.Export(values);

        Assert.Equal(opset, exported.SourceOpset);
        Assert.Equal(model.Mutable.Order(StringComparer.Ordinal), values.Keys);
        Assert.Equal(layer == "*" && opset == 13 ? 54 : 0, model.Running.Length);
        foreach (var (name, tensor) in pretrained.Initializers.Where(pair => source.Initializers.ContainsKey(pair.Key) && !values.ContainsKey(pair.Key)))
        {
            Assert.Same(tensor, exported.Initializers[name]);
        }

        Assert.Equal(source.Nodes.Select(node => node.OpType), exported.Nodes.Select(node => node.OpType));
        Agrees(exported, x, exported.Inputs[0].Name, 2);
    }

    /// <summary>Three steps of plain gradient descent; the loss must fall. Returns what moved.</summary>
    private ImmutableSortedDictionary<string, Tensor> Fit(TrainableModel model, string margins, float rate, Tensor<float> x, long[] classes)
    {
        var builder = GraphBuilder.From(model.Graph);
        var labels = builder.Input("label", ElementType.Int64, Dimension.Batch);
        builder.Output(builder.Append("SoftmaxCrossEntropyLoss", [builder[margins], labels], outputName: "loss"));
        using var plan = model.Compile(builder.Build(), "loss", new PlanOptions().WithBatch(classes.Length));
        CaseRun.Fill(plan, model.Graph.Inputs[0].Name, x);
        CaseRun.Fill(plan, "label", Tensor.Vector(classes));
        var losses = new List<float>();
        for (int step = 0; step < 4; step++)
        {
            if (model.Graph.Inputs.Any(input => input.Name == TrainingForm.Step))
            {
                plan.Input<long>(TrainingForm.Seed)[0] = 5;

                // The same elements are dropped in every step, so that the losses can be compared.
                plan.Input<long>(TrainingForm.Step)[0] = 0;
            }

            plan.Run();
            losses.Add(plan.Output<float>("loss")[0]);
            if (step == 3)
            {
                break;
            }

            model.KeepRunning(plan);
            foreach (string name in model.Parameters)
            {
                var (weight, gradient) = (plan.Initializer<float>(name).ToArray(), plan.Output<float>(Gradients.NameOf(name)).ToArray());
                weight.Zip(gradient, (w, g) => w - (rate * g)).ToArray().CopyTo(plan.Initializer<float>(name));
            }
        }

        output.WriteLine(string.Join(" ", losses));
        Assert.True(losses[3] < losses[0], $"the loss went from {losses[0]} to {losses[3]}");
        return model.Read(plan);
    }

    /// <summary>What is written and read again gives the same bits, and ONNX Runtime the same answers.</summary>
    private void Agrees(Graph graph, Tensor<float> x, string input, int samples)
    {
        var again = OnnxFile.Read(OnnxFile.ToBytes(graph));
        using var before = ExecutionPlan.Compile(graph, new PlanOptions().WithBatch(samples));
        using var after = ExecutionPlan.Compile(again, new PlanOptions().WithBatch(samples));
        foreach (var plan in new[] { before, after })
        {
            CaseRun.Fill(plan, input, x);
            plan.Run();
        }

        string name = graph.Outputs[0].Name;
        Assert.Equal(before.Output<float>(name).ToArray(), after.Output<float>(name).ToArray());
        if (!OnnxRuntime.IsAvailable)
        {
            output.WriteLine("Left out: ONNX Runtime is not there (tests/Tools/OnnxRuntime).");
            return;
        }

        OnnxRuntimeComparisonTests.Compare(graph, new Dictionary<string, Tensor> { [input] = x }, "N", samples, 1e-4);
    }

    /// <summary>Convolution, normalization, Clip, Dropout and a linear layer whose matrix is a Constant node, in the form of operator set 13.</summary>
    private static byte[] SmallFile()
    {
        var builder = new GraphBuilder("small") { Documentation = "for people" };
        var x = builder.Input("x", ElementType.Float, Dimension.Batch, 1, 5, 5);
        Value Weight(string name, Tensor tensor) => builder.Initializer(name, tensor);
        var conv = builder.Append(new Node("Conv", [x.Name, Weight("conv.w", Sample.Within(1, 1, 2, 1, 3, 3)).Name], ["conv"], Attributes.None, Name: "layer") { Documentation = "what the layer does" })[0];
        var normalized = builder.Append("BatchNormalization", [conv, Weight("norm.scale", Tensor.Vector(1f, 0.75f)), Weight("norm.bias", Tensor.Vector(0.25f, 0f)), Weight("norm.mean", Tensor.Vector(0f, 0.5f)), Weight("norm.var", Tensor.Vector(1f, 2f))]);
        var clipped = builder.Append("Clip", [normalized, builder.Initializer("zero", Tensor.Scalar(-3f))]);
        var pooled = builder.Append("Flatten", [builder.Append("GlobalAveragePool", [builder.Append("Dropout", [clipped])])]);
        var matrix = builder.Append("Constant", [], Attributes.None.With("value", Sample.Within(1, 2, 2, 2)), outputName: "head.w");
        builder.Output(builder.Append("Gemm", [pooled, matrix, Weight("head.b", Tensor.Vector(0f, 0f))], outputName: "y"));
        builder.Metadata("licence", "MIT");
        return OnnxFile.ToBytes(builder.Build() with { SourceOpset = 13, Description = "the graph" });
    }

    private static void Refuses(Graph graph, string reason, params string[] patterns) => Assert.Contains(
        reason,
        Assert.Throws<InvalidGraphException>(() => TrainableModel.Of(graph, new TrainingChoice { Train = [.. patterns] })).Message,
        StringComparison.Ordinal);
}
