using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

/// <summary>Small valid files with graphs in nodes and with convolutions, to be damaged.</summary>
internal static class DynamicSamples
{
    /// <summary>A loop around a branch over values from outside, and a sequence.</summary>
    public static byte[] LoopFile()
    {
        var yes = Body([], [Node("Add", "total", "x", "more")], "more");
        var no = Body([], [Node("Sub", "total", "x", "less")], "less");
        var choose = new Node("If", ["flag"], ["next"], Attributes.None.With("then_branch", yes).With("else_branch", no));
        var body = Body([Typed("pass", ElementType.Int64), Typed("flag", ElementType.Bool), Typed("total", ElementType.Float)], [choose], "flag", "next", "next");
        var model = new TestModel().Input("x", ElementType.Float, 2).Initializer("n", Tensor.Scalar(3L)).Initializer("zero", Tensor.Vector(0f, 0f));
        model.Node("Loop", ["n", "", "zero"], ["last", "all"], Attributes.None.With("body", body)).Node("SplitToSequence", ["all"], ["rows"]);
        return model.Node("ConcatFromSequence", ["rows"], ["y"], Attributes.None.With("axis", 1)).Output("last", ElementType.Float).Output("y", ElementType.Float).ToBytes();
    }

    /// <summary>Shapes that only the data tell.</summary>
    public static byte[] BranchFile()
    {
        var model = new TestModel().Input("x", ElementType.Float, 6).Initializer("one", Tensor.Vector(1f)).Initializer("first", Tensor.Vector(0L)).Initializer("start", Tensor.Scalar(0L)).Initializer("step", Tensor.Scalar(1L));
        model.Node("Add", ["x", "one"], ["moved"]).Node("NonZero", ["moved"], ["places"]).Node("Squeeze", ["places", "first"], ["list"]).Node("Gather", ["moved", "list"], ["kept"]);
        model.Node("Size", ["kept"], ["count"]).Node("Range", ["start", "count", "step"], ["numbers"]).Node("Unique", ["kept"], ["unique"]).Node("Shape", ["unique"], ["shape"]);
        return model.Node("Expand", ["one", "shape"], ["y"]).Output("y", ElementType.Float).Output("numbers", ElementType.Int64).ToBytes();
    }

    /// <summary>Convolution, normalization, pooling, padding and a linear layer.</summary>
    public static byte[] NetworkFile()
    {
        var builder = new GraphBuilder("network");
        var x = builder.Input("x", ElementType.Float, Dimension.Batch, 1, 6, 6);
        var conv = builder.Append("Conv", [x, builder.Initializer("w", Sample.Within(1, 1, 2, 1, 3, 3))], Attributes.None.With("pads", new long[] { 1, 1, 1, 1 }).With("strides", new long[] { 1, 1 }));
        var pooled = builder.Append("MaxPool", [conv], Attributes.None.With("kernel_shape", new long[] { 2, 2 }).With("strides", new long[] { 2, 2 }));
        var padded = builder.Append("Pad", [pooled, builder.Constant(Tensor.Vector(0L, 0, 1, 1, 0, 0, 1, 1))]);
        var rows = builder.Append("Reshape", [padded, builder.Constant(Tensor.Vector(0L, -1L))]);
        builder.Output(builder.Append("Gemm", [rows, builder.Initializer("v", Sample.Within(1, 2, 50, 2)), builder.Initializer("b", Tensor.Vector(0f, 1f))], outputName: "y"));
        return OnnxFile.ToBytes(builder.Build());
    }

    private static Value Typed(string name, ElementType type) => new(name, new TensorType(type, default));

    private static Node Node(string opType, params string[] names) => new(opType, [.. names[..^1]], [names[^1]], Attributes.None);

    private static Graph Body(Value[] inputs, Node[] nodes, params string[] outputs) => new()
    {
        Name = "body",
        Inputs = [.. inputs],
        Nodes = [.. nodes],
        Outputs = [.. outputs.Select(name => inputs.FirstOrDefault(input => input.Name == name) is { Name: not null } input ? input : Typed(name, ElementType.Float))],
        Initializers = ImmutableSortedDictionary.Create<string, Tensor>(StringComparer.Ordinal),
        Types = ImmutableDictionary<string, TensorType>.Empty,
    };
}
