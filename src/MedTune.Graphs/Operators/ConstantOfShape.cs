using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A tensor of the shape that the input lists, filled with the one element of <c>value</c> (0 as Float by default).</summary>
internal sealed class ConstantOfShape : Operator
{
    public override string Name => "ConstantOfShape";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("zeros", Tensor.Vector(2L, 3L)) { ConstantInputs = [0] };
            yield return new("value", Tensor.Vector(4L)) { ConstantInputs = [0], Attributes = Attributes.None.With("value", Tensor.Vector(2.5f)) };
            yield return new("whole numbers", Tensor.Vector(2L, 1L)) { ConstantInputs = [0], Attributes = Attributes.None.With("value", Tensor.Vector(-7L)) };
            yield return new("scalar", Tensor.Create<long>(new Shape(0), [])) { ConstantInputs = [0], Attributes = Attributes.None.With("value", Tensor.Vector(true)) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.Int64);
        var value = context.Attributes.Tensor("value");
        if (value is not null && value.Length != 1)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its value has {value.Length} elements; 1 was expected."));
        }

        var element = value?.Type ?? ElementType.Float;
        var extents = context.Elements(0);
        if (extents.IsDefault)
        {
            var list = context.Input(0);
            return [new TensorType(element, list.HasRank && list.Rank == 1 && list.Dimensions[0].Value is <= ShapeContext.LongestShape and int rank ? [.. Enumerable.Repeat(Dimension.Unknown, rank)] : default)];
        }

        if (extents.Any(extent => extent.Value is < 0 or > int.MaxValue))
        {
            throw context.Error("its shape has a negative or too large extent.");
        }

        return [new TensorType(element, [.. extents.Select(extent => extent.ToDimension())])];
    }

    public override Action Compile(KernelContext context) => context.Attributes.Tensor("value") switch
    {
        null => context.OutputElement() == ElementType.Double ? Fill(context, 0.0) : Fill(context, 0f),
        Tensor<float> value => context.OutputElement() == ElementType.Double ? Fill<double>(context, value.Values[0]) : Fill(context, value.Values[0]),
        Tensor<double> value => Fill(context, value.Values[0]),
        Tensor<long> value => Fill(context, value.Values[0]),
        Tensor<int> value => Fill(context, value.Values[0]),
        Tensor<sbyte> value => Fill(context, value.Values[0]),
        Tensor<byte> value => Fill(context, value.Values[0]),
        Tensor<bool> value => Fill(context, value.Values[0]),
        Tensor<string> value => () => context.OutputStrings().AsSpan().Fill(value.Values[0]),
        var other => throw context.Unsupported(other.Type),
    };

    private static Action Fill<T>(KernelContext context, T value)
        where T : unmanaged
    {
        var y = context.Output<T>();
        return () => y.Span.Fill(value);
    }
}
