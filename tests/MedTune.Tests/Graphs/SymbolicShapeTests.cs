using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs;

/// <summary>A batch size that is only a name must live through nodes that compute shapes.</summary>
public sealed class SymbolicShapeTests
{
    private readonly GraphBuilder _builder = new("shapes");
    private readonly Value _x;

    public SymbolicShapeTests() => _x = _builder.Input("x", ElementType.Float, "N", 3, 4);

    [Fact]
    public void Reshape_ToTheBatchAndTheRest_KeepsTheName()
    {
        var batch = _builder.Unsqueeze(_builder.Gather(_builder.Shape(_x), _builder.Constant(Tensor.Scalar(0L))), 0);
        var target = _builder.Concat([batch, _builder.Constant(Tensor.Vector(-1L))], 0);

        Assert.Equal("Float[N, 12]", _builder.Reshape(_x, target).Type.ToString());
    }

    [Fact]
    public void Reshape_BackToTheShapeOfAnother_KeepsEveryExtent()
    {
        var flat = _builder.Reshape(_x, 0, -1);

        Assert.Equal("Float[N, 12]", flat.Type.ToString());
        Assert.Equal("Float[N, 3, 4]", _builder.Reshape(flat, _builder.Shape(_x)).Type.ToString());
    }

    [Theory]
    [InlineData("Float[N, 2, 6]", -1, 2, 6)]
    [InlineData("Float[N, 12]", 0, 12)]
    [InlineData("Float[3, ?]", 3, -1)]
    [InlineData("Float[?, 24]", -1, 24)]
    public void Reshape_LeftOver_IsTheNameWhereItIsCertain(string expected, params int[] shape) =>
        Assert.Equal(expected, _builder.Reshape(_x, [.. shape.Select(extent => (long)extent)]).Type.ToString());

    [Fact]
    public void Slice_OfAShape_KeepsTheNameAndCasts()
    {
        var first = _builder.Slice(_builder.Cast(_builder.Shape(_x), ElementType.Int32), [0], [1], [0]);
        var target = _builder.Concat([_builder.Cast(first, ElementType.Int64), _builder.Constant(Tensor.Vector(5L))], 0);

        Assert.Equal("Float[N, 5]", _builder.Append("ConstantOfShape", [target]).Type.ToString());
        Assert.Equal("Float[N, 5]", _builder.Expand(_builder.Constant(Tensor.Scalar(1f)), target).Type.ToString());
    }

    [Fact]
    public void ZerosLikeAndOthers_OfASymbolicValue_KeepTheName()
    {
        Assert.Equal("Float[N, 3, 4]", _builder.ZerosLike(_x).Type.ToString());
        Assert.Equal("Float[4, 3, N]", _builder.Transpose(_x).Type.ToString());
        Assert.Equal("Float[N, 12]", _builder.Flatten(_x).Type.ToString());
        Assert.Equal("Int64[N, 3]", _builder.ArgMax(_x, -1, keepDimensions: false).Type.ToString());
        Assert.Equal("Float[N, 6, 4]", _builder.Tile(_x, 1, 2, 1).Type.ToString());
        Assert.Equal("Float[N, 3, 2]", _builder.Slice(_x, [1], [3], [2]).Type.ToString());
        Assert.Equal("Float[N, 7, 4]", _builder.Concat([_x, _builder.Input("y", ElementType.Float, "N", 4, 4)], 1).Type.ToString());
        Assert.Equal("Float[N, 1, 3, 4]", _builder.Unsqueeze(_x, 1).Type.ToString());
    }
}
