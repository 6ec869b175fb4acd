using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A tensor that stands in the node's attributes.</summary>
internal sealed class Constant : Operator
{
    public override string Name => "Constant";

    public override int MinimumInputs => 0;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("tensor") { Attributes = Attributes.None.With("value", Sample.Values(1, 2, 3)) };
            yield return new("number") { Attributes = Attributes.None.With("value_float", 2.5f) };
            yield return new("whole numbers") { Attributes = Attributes.None.With("value_ints", new long[] { 3, -4 }) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [TensorType.Of(TensorOf(context.Node))];

    public override Action Compile(KernelContext context)
    {
        var tensor = TensorOf(context.Node);
        return tensor switch
        {
            Tensor<float> typed when context.OutputElement() == ElementType.Double => Copy((Tensor<double>)TensorStorage.Stored(typed, Precision.Double), context),
            Tensor<float> typed => Copy(typed, context),
            Tensor<double> typed => Copy(typed, context),
            Tensor<long> typed => Copy(typed, context),
            Tensor<int> typed => Copy(typed, context),
            Tensor<sbyte> typed => Copy(typed, context),
            Tensor<byte> typed => Copy(typed, context),
            Tensor<short> typed => Copy(typed, context),
            Tensor<ushort> typed => Copy(typed, context),
            Tensor<uint> typed => Copy(typed, context),
            Tensor<ulong> typed => Copy(typed, context),
            Tensor<Half> typed => Copy(typed, context),
            Tensor<BFloat16> typed => Copy(typed, context),
            Tensor<bool> typed => Copy(typed, context),
            _ => () => tensor.Values<string>().CopyTo(context.OutputStrings()),
        };
    }

    /// <summary>The tensor of a Constant node.</summary>
    /// <exception cref="InvalidGraphException">No attribute, or more than one, holds a value.</exception>
    internal static Tensor TensorOf(Node node)
    {
        if (node.Attributes.Count != 1)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "it must have exactly one attribute, its value."));
        }

        var (name, value) = node.Attributes.First();
        return (name, value) switch
        {
            ("value", Tensor tensor) => tensor,
            ("value_float", float number) => Tensor.Scalar(number),
            ("value_int", long number) => Tensor.Scalar(number),
            ("value_string", string text) => Tensor.Scalar(text),
            ("value_floats", ImmutableArray<float> numbers) => Tensor.Vector(numbers.AsSpan()),
            ("value_ints", ImmutableArray<long> numbers) => Tensor.Vector(numbers.AsSpan()),
            ("value_strings", ImmutableArray<string> texts) => Tensor.Vector(texts.AsSpan()),
            _ => throw new InvalidGraphException(NodeErrors.Sentence(node, $"its attribute '{name}' is not one of the values that it can have.")),
        };
    }

    private static Action Copy<T>(Tensor<T> tensor, KernelContext context)
        where T : unmanaged
    {
        var y = context.Output<T>();
        return () => tensor.Values.CopyTo(y.Span);
    }
}
