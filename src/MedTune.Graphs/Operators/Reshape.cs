using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The elements under the shape that the second input lists: -1 stands for what is left over, 0 for the input's extent of that axis
/// (for an extent of 0 when <c>allowzero</c> is set).
/// </summary>
internal sealed class Reshape : ViewOperator
{
    public override string Name => "Reshape";

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("given", Sample.Values(1, 3, 4), Tensor.Vector(2L, 6L));
            yield return new("left over", Sample.Values(2, 3, 4), Tensor.Vector(2L, -1L, 3L));
            yield return new("copied", Sample.Values(3, 3, 4, 2), Tensor.Vector(0L, -1L));
            yield return new("to a scalar", Sample.Values(4, 1, 1), Tensor.Create<long>(new Shape(0), []));
            yield return new("text", Tensor.Vector("a", "b"), Tensor.Vector(2L, 1L));
            yield return new("zero extent", Tensor.Create<float>(new Shape(0, 3), []), Tensor.Vector(3L, 0L)) { Attributes = Attributes.None.With("allowzero", 1) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64);
        var input = context.Input(0);
        var target = context.Elements(1);
        if (target.IsDefault)
        {
            var list = context.Input(1);
            return [new TensorType(input.Element, list.HasRank && list.Rank == 1 && list.Dimensions[0].Value is <= 64 and int rank ? [.. Enumerable.Repeat(Dimension.Unknown, rank)] : default)];
        }

        return [new TensorType(input.Element, Resolve(context, input, target))];
    }

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context) =>
        context.Elements(1) is { IsDefault: false, Length: <= 1 } ? context.Elements(0) : default;

    // Until set 4 the shape was an attribute.
    public override Node FromOpset(Node node, int opset, GraphBuilder builder) =>
        opset < 5 ? Axes.ToInput(node, "shape", 1, builder) : node;

    private static ImmutableArray<Dimension> Resolve(ShapeContext context, TensorType input, ImmutableArray<ShapeElement> target)
    {
        bool allowZero = context.Attributes.Int("allowzero", 0) != 0;
        var dimensions = new Dimension[target.Length];
        int rest = -1;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            switch (target[axis].Value)
            {
                case -1:
                    rest = rest < 0 ? axis : throw context.Error("its shape has more than one -1.");
                    break;
                case 0 when !allowZero:
                    dimensions[axis] = Copied(context, input, axis);
                    break;
                case < 0 or > int.MaxValue:
                    throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its shape asks for an extent of {target[axis].Value}."));
                default:
                    dimensions[axis] = target[axis].ToDimension();
                    break;
            }
        }

        var products = (From: Product(context, input.Dimensions), To: Product(context, dimensions, rest));
        if (rest >= 0)
        {
            dimensions[rest] = LeftOver(context, products.From, products.To);
        }
        else if (products.From is { Symbols: [], Value: >= 0 } from && products.To is { Symbols: [], Value: >= 0 } to && from.Value != to.Value)
        {
            throw Mismatch(context, from.Value, to.Value);
        }

        return [.. dimensions];
    }

    private static Dimension Copied(ShapeContext context, TensorType input, int axis)
    {
        if (!input.HasRank)
        {
            return Dimension.Unknown;
        }

        return axis < input.Rank
            ? input.Dimensions[axis]
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its shape copies axis {axis}; the input has rank {input.Rank}."));
    }

    private static Dimension LeftOver(ShapeContext context, (long Value, List<string> Symbols) from, (long Value, List<string> Symbols) to)
    {
        if (from.Value < 0 || to.Value < 0)
        {
            return Dimension.Unknown;
        }

        var symbols = new List<string>(from.Symbols);
        bool cancels = to.Symbols.TrueForAll(symbols.Remove);
        if (cancels && symbols.Count == 0)
        {
            return to.Value > 0 && from.Value % to.Value == 0 && from.Value / to.Value <= int.MaxValue ? (int)(from.Value / to.Value)
                : to.Value == 0 && to.Symbols.Count == 0 ? throw context.Error("its shape has a -1 beside an extent of 0.")
                : throw Mismatch(context, from.Value, to.Value);
        }

        return cancels && symbols.Count == 1 && from.Value == to.Value && from.Value > 0 ? symbols[0] : Dimension.Unknown;
    }

    private static InvalidGraphException Mismatch(ShapeContext context, long from, long to) =>
        context.Error(string.Create(CultureInfo.InvariantCulture, $"its input has {from} elements, which do not fit a shape of {to}."));

    /// <summary>The product of the known extents and the names of the others; -1 when something is neither.</summary>
    private static (long Value, List<string> Symbols) Product(ShapeContext context, ReadOnlySpan<Dimension> dimensions, int except = -1)
    {
        long value = 1;
        var symbols = new List<string>();
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            if (axis == except)
            {
                continue;
            }

            if (dimensions[axis].Value is int extent)
            {
                value *= extent;
                if (value > int.MaxValue)
                {
                    throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its shape has more than {int.MaxValue} elements."));
                }
            }
            else if (dimensions[axis].Symbol is string symbol)
            {
                symbols.Add(symbol);
            }
            else
            {
                return (-1, symbols);
            }
        }

        return (value, symbols);
    }

    private static (long Value, List<string> Symbols) Product(ShapeContext context, ImmutableArray<Dimension> dimensions) =>
        dimensions.IsDefault ? (-1, []) : Product(context, dimensions.AsSpan());
}
