using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>What is known about a value before execution: its element type and, per axis, its extent.</summary>
/// <param name="Element">What the value holds.</param>
/// <param name="Dimensions">One entry per axis, outermost first; default when even the rank is unknown.</param>
public readonly record struct TensorType(ElementType Element, ImmutableArray<Dimension> Dimensions)
{
    /// <summary>Whether the number of axes is known.</summary>
    public bool HasRank => !Dimensions.IsDefault;

    /// <summary>Number of axes.</summary>
    /// <exception cref="InvalidOperationException">The rank is unknown.</exception>
    public int Rank => HasRank ? Dimensions.Length : throw new InvalidOperationException("The rank of the value is not known before execution.");

    /// <summary>The type of a tensor at hand: every extent is a number.</summary>
    public static TensorType Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var dimensions = ImmutableArray.CreateBuilder<Dimension>(tensor.Shape.Rank);
        foreach (int extent in tensor.Shape.Extents)
        {
            dimensions.Add(extent);
        }

        return new TensorType(tensor.Type, dimensions.ToImmutable());
    }

    /// <summary>Whether element type and every dimension are equal.</summary>
    public bool Equals(TensorType other) =>
        Element == other.Element && HasRank == other.HasRank && (!HasRank || Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Element, HasRank ? Dimensions.Length : -1);

    /// <summary>For people: <c>Float[N, 13]</c>.</summary>
    public override string ToString() => HasRank ? $"{Element}[{string.Join(", ", Dimensions)}]" : $"{Element}[...]";
}
