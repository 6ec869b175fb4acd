using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The extents of the input from axis <c>start</c> up to, not including, axis <c>end</c>, as Int64. Named <c>Shape</c> in ONNX.</summary>
internal sealed class ShapeOperator : Operator
{
    public override string Name => "Shape";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("all", Sample.Values(1, 2, 3, 4));
            yield return new("part", Sample.Values(2, 2, 3, 4)) { Attributes = Attributes.None.With("start", 1).With("end", -1) };
            yield return new("clamped", Sample.Values(3, 2, 3)) { Attributes = Attributes.None.With("start", -9).With("end", 9) };
            yield return new("scalar", Sample.Values(4));
        }
    }

    public override bool ReadsValues(int input) => false;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var elements = InferElements(context);
        return [new TensorType(ElementType.Int64, [elements.IsDefault ? Dimension.Unknown : elements.Length])];
    }

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context)
    {
        var input = context.Input(0);
        if (!input.HasRank)
        {
            return default;
        }

        var (start, end) = Range(context.Attributes, input.Rank);
        return [.. input.Dimensions.AsSpan()[start..end].ToArray().Select(ShapeElement.Of)];
    }

    public override Action Compile(KernelContext context)
    {
        var shape = context.InputShape(0);
        var (start, end) = Range(context.Attributes, shape.Rank);
        long[] extents = [.. shape.Extents[start..end].ToArray().Select(extent => (long)extent)];
        var y = context.Output<long>();
        return () => extents.CopyTo(y.Span);
    }

    private static (int Start, int End) Range(Attributes attributes, int rank)
    {
        int start = Clamp(attributes.Int("start", 0), rank);
        int end = Clamp(attributes.Int("end", rank), rank);
        return (start, Math.Max(start, end));
    }

    private static int Clamp(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
}
