using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What the operators on sequences share.</summary>
internal static class Sequences
{
    /// <summary>The type of a sequence.</summary>
    public static TensorType Of(ElementType element) => new(element, default) { IsSequence = true };

    /// <summary>The type of an input that must be a sequence.</summary>
    public static TensorType Require(ShapeContext context, int input) => context.Input(input).IsSequence
        ? context.Input(input)
        : throw context.Error($"its input {input} is {context.Input(input)}; a sequence was expected.");

    /// <summary>The tensors of an input.</summary>
    public static ImmutableList<Tensor> Items(DynamicContext context, int input) =>
        context.Input(input).Items ?? throw context.Error($"its input {input} is a tensor; a sequence was expected.");

    /// <summary>A place among a number of tensors from an input; a negative one counts from the end.</summary>
    public static int Place(DynamicContext context, int input, int count)
    {
        long place = context.Number(input);
        return place >= -count && place < count ? (int)(place < 0 ? place + count : place) : throw context.Error($"its position {place} lies outside a sequence of {count}.");
    }

    /// <summary>Bytes of tensors together; a text counts as one byte.</summary>
    public static long Bytes(IEnumerable<Tensor> tensors) => tensors.Sum(tensor => (long)tensor.Length * Math.Max(1, tensor.Type.SizeInBytes()));
}
