using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>A value between two segments: a tensor in storage type, or a sequence of them.</summary>
/// <param name="Type">As the graph names it: in a double plan a Float value has element type Float and is held as Double. Concrete, or a sequence.</param>
/// <param name="Single">The tensor; null for a sequence.</param>
/// <param name="Items">The tensors of a sequence; null for a tensor.</param>
internal sealed record RuntimeValue(TensorType Type, Tensor? Single, ImmutableList<Tensor>? Items = null)
{
    /// <summary>The tensor of a value that is none of a sequence.</summary>
    public Tensor Tensor => Single ?? throw new InvalidGraphException("A sequence stands where the model needs a tensor.");

    /// <summary>A tensor as it is.</summary>
    public static RuntimeValue Of(Tensor tensor) => new(TensorType.Of(tensor), tensor);

    /// <summary>A tensor in storage type, under the element type that the graph names.</summary>
    public static RuntimeValue Of(Tensor stored, ElementType element) => new(TensorType.Of(stored) with { Element = element }, stored);

    /// <summary>A sequence.</summary>
    public static RuntimeValue Of(ImmutableList<Tensor> items, ElementType element) => new(new TensorType(element, default) { IsSequence = true }, null, items);

    /// <summary>What distinguishes this value's compiled segments from those of another one.</summary>
    public string Key => Single is null ? "sequence" : string.Join('x', Type.Dimensions.Select(dimension => dimension.Value!.Value.ToString(CultureInfo.InvariantCulture)));
}
