using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Architectures;

namespace MedTune.Tests.Graphs;

/// <summary>Where a network is cut into what training cannot change and the rest.</summary>
public sealed class FrozenSplitTests
{
    [Theory]
    [InlineData("resnet18", "fc.*", "[N, 512]")]
    [InlineData("resnet18", "layer4.1.*", "[N, 512, 1, 1]")]
    [InlineData("vit", "blocks.1.*", "[N*17, 24]")]
    [InlineData("resnet-small", "layer4.*", "[N, 256, 7, 7]")]
    [InlineData("mobilenet-v2", "classifier.*", "[N, 1280]")]
    [InlineData("vit", "head.*", "[N, 24]")]
    [InlineData("transformer-encoder", "classifier.*", "[N, 24]")]
    public void Of_TrainedPart_IsCutWhereTheFewestBytesPass(string name, string trained, string expected)
    {
        var network = SampleArchitectures.Small(name);
        var names = network.Parameters.Where(parameter => NamePattern.Matches(trained, parameter)).ToArray();
        Assert.NotEmpty(names);
        var split = FrozenSplit.Of(network.Graph, Architecture.Logits, names, new PlanOptions().Dimensions.Add("L", 7));
        Assert.Equal(expected, $"[{string.Join(", ", Assert.Single(split.Cut).Type.Dimensions)}]");
        Assert.DoesNotContain(split.Prefix.Initializers.Keys, names.Contains);
        Assert.All(names, parameter => Assert.Contains(parameter, split.Rest.Initializers.Keys));
        Assert.True(split.Prefix.Nodes.Length + split.Rest.Nodes.Length <= network.Graph.Nodes.Length + 1);
    }

    [Fact]
    public void Of_TwoWays_TakesTheNarrowestValuesOfBoth()
    {
        // Two branches of the image meet in what is trained, one spread out at its end; the second input goes there as it is.
        var build = new GraphBuilder("branches");
        var image = build.Input("image", ElementType.Float, Dimension.Batch, 12);
        var other = build.Input("other", ElementType.Float, Dimension.Batch, 4);
        Value Linear(Value x, int from, int to, string name) => build.Append("MatMul", [x, build.Initializer(name, new Tensor<float>(new Shape(from, to)))], outputName: name + " out");
        var narrow = build.Concat([.. Enumerable.Repeat(Linear(image, 12, 2, "two"), 15)], 1);
        var wide = Linear(image, 12, 5, "five");
        var joined = build.Append("Concat", [narrow, wide, other], Attributes.None.With("axis", 1));
        build.Output(Linear(joined, 39, 3, "head"), "y");
        var split = FrozenSplit.Of(build.Build(), "y", ["head"]);
        Assert.Equal(["two out", "other", "five out"], split.Cut.Select(value => value.Name).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["image", "other"], split.Prefix.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Of_SamplesThatMeet_AreNotKept()
    {
        var build = new GraphBuilder("mixing");
        var x = build.Append("Relu", [build.Input("x", ElementType.Float, Dimension.Batch, 3)], outputName: "apart");
        var mixed = build.Append("Softmax", [x], Attributes.None.With("axis", 0));
        build.Output(build.Append("MatMul", [mixed, build.Initializer("w", new Tensor<float>(new Shape(3, 2)))]), "y");
        Assert.Equal("apart", Assert.Single(FrozenSplit.Of(build.Build(), "y", ["w"]).Cut).Name);
    }

    [Theory]
    [InlineData("conv1.weight", "in advance")]
    [InlineData("none", "does not depend")]
    public void Of_NothingFrozenOrTrained_IsRefused(string trained, string said)
    {
        var network = SampleArchitectures.Small("resnet-small");
        Assert.Contains(said, Assert.Throws<InvalidGraphException>(() => FrozenSplit.Of(network.Graph, Architecture.Logits, [trained])).Message, StringComparison.Ordinal);
        Assert.Contains("no value named", Assert.Throws<InvalidGraphException>(() => FrozenSplit.Of(network.Graph, "nothing", [trained])).Message, StringComparison.Ordinal);
    }
}
