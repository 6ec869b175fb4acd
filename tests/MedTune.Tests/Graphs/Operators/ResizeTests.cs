using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <summary>Resize as other operator sets wrote it.</summary>
public sealed class ResizeTests
{
    private static readonly float[] Row = [1, 2, 3, 4];

    [Theory]
    [InlineData("Upsample", 7, 2f, new float[] { 1, 1, 2, 2, 3, 3, 4, 4 })]
    [InlineData("Upsample", 9, 1.5f, new float[] { 1, 1, 2, 3, 3, 4 })]
    [InlineData("Resize", 10, 2f, new float[] { 1, 1, 2, 2, 3, 3, 4, 4 })]
    [InlineData("Resize", 10, 0.6f, new float[] { 1, 3 })]
    public void FromOpset_ScalesAlone_StartAtTheSameCorner(string opType, int opset, float scale, float[] expected)
    {
        var builder = new GraphBuilder("resize");
        var scales = builder.Initializer("scales", Tensor.Vector(1f, scale));
        var node = opset == 7
            ? new Node(opType, ["x"], ["y"], Attributes.None.With("scales", ImmutableArray.Create(1f, scale)))
            : new Node(opType, ["x", scales.Name], ["y"], Attributes.None);

        Assert.Equal(expected, Run(builder, node, opset));
    }

    [Fact]
    public void FromOpset_Set11_DropsEmptyLists()
    {
        var builder = new GraphBuilder("resize");
        builder.Initializer("none", Tensor.Create(new Shape(0), ReadOnlySpan<float>.Empty));
        builder.Initializer("sizes", Tensor.Vector(1L, 2L));
        var node = new Node("Resize", ["x", "none", "none", "sizes"], ["y"], Attributes.None.With("coordinate_transformation_mode", "tf_half_pixel_for_nn"));

        Assert.Equal([2f, 4f], Run(builder, node, 11));
    }

    [Fact]
    public void FromOpset_ModesOfOtherSets_AreWrittenInTodaysOrRefused()
    {
        var attributes = Attributes.None.With("coordinate_transformation_mode", "half_pixel_symmetric");
        var exact = new Resize().FromOpset(new Node("Resize", ["x", "", "", "sizes"], ["y"], attributes), 19, new GraphBuilder("resize"));

        Assert.Equal("half_pixel", exact.Attributes.String("coordinate_transformation_mode", ""));
        Refuses(attributes, 19);
        Refuses(Attributes.None.With("coordinate_transformation_mode", "tf_half_pixel_for_nn").With("nearest_mode", "ceil"), 11);
    }

    [Fact]
    public void FromOpset_Set10LongerAndShorter_IsRefused()
    {
        var builder = new GraphBuilder("resize");
        builder.Initializer("scales", Tensor.Vector(0.5f, 2f));

        var refused = Assert.Throws<InvalidGraphException>(() => new Resize().FromOpset(new Node("Resize", ["x", "scales"], ["y"], Attributes.None), 10, builder));

        Assert.Contains("set 11", refused.Message, StringComparison.Ordinal);
    }

    private static void Refuses(Attributes attributes, int opset)
    {
        var node = new Node("Resize", ["x", "", "scales"], ["y"], attributes);
        Assert.Contains("Export it", Assert.Throws<InvalidGraphException>(() => new Resize().FromOpset(node, opset, new GraphBuilder("resize"))).Message, StringComparison.Ordinal);
    }

    private static float[] Run(GraphBuilder builder, Node node, int opset)
    {
        builder.Input("x", new TensorType(ElementType.Float, [1, Row.Length]));
        builder.Output(builder.Append(new Resize().FromOpset(node, opset, builder))[0]);
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions());
        Row.CopyTo(plan.Input<float>("x"));
        plan.Run();
        return plan.Output<float>("y").ToArray();
    }
}
