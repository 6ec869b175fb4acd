using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>What is known about a value before execution: its element type and, per axis, its extent.</summary>
/// <param name="Element">What the value holds.</param>
/// <param name="Dimensions">One entry per axis, outermost first; default when even the rank is unknown.</param>
public readonly record struct TensorType(ElementType Element, ImmutableArray<Dimension> Dimensions)
{
    /// <summary>Whether the value is a sequence of tensors of this element type, each of a shape of its own. Only inside a graph; false by default.</summary>
    public bool IsSequence { get; init; }

    /// <summary>Whether the number of axes is known.</summary>
    public bool HasRank => !Dimensions.IsDefault;

    /// <summary>Number of axes.</summary>
    /// <exception cref="InvalidOperationException">The rank is unknown.</exception>
    public int Rank => HasRank ? Dimensions.Length : throw new InvalidOperationException("The rank of the value is not known before execution.");

    /// <summary>The type of a tensor at hand: every extent is a number.</summary>
    public static TensorType Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return OfShape(tensor.Type, tensor.Shape);
    }

    /// <summary>A type of which every extent is a number.</summary>
    internal static TensorType OfShape(ElementType element, Shape shape)
    {
        var dimensions = ImmutableArray.CreateBuilder<Dimension>(shape.Rank);
        foreach (int extent in shape.Extents)
        {
            dimensions.Add(extent);
        }

        return new TensorType(element, dimensions.ToImmutable());
    }

    /// <summary>Whether element type and every dimension are equal.</summary>
    public bool Equals(TensorType other) =>
        Element == other.Element && IsSequence == other.IsSequence && HasRank == other.HasRank && (!HasRank || Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Element, HasRank ? Dimensions.Length : -1);

    /// <summary>For people: <c>Float[N, 13]</c>.</summary>
    public override string ToString() => IsSequence ? $"sequence of {Element}" : HasRank ? $"{Element}[{string.Join(", ", Dimensions)}]" : $"{Element}[...]";
}
