using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Tensors;

/// <summary>The extents of a tensor, outermost axis first (row-major). A scalar has rank 0 and one element.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    private readonly ImmutableArray<int> _extents;

    /// <summary>A shape of these extents.</summary>
    /// <param name="extents">One extent per axis, each at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent is negative, or the element count exceeds <see cref="int.MaxValue"/>.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        long length = 1;
        foreach (int extent in extents)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extent);
            length *= extent;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, int.MaxValue, nameof(extents));
        }

        _extents = [.. extents];
    }

    /// <summary>The shape of a single value.</summary>
    public static Shape Scalar => default;

    /// <summary>Number of axes.</summary>
    public int Rank => _extents.IsDefault ? 0 : _extents.Length;

    /// <summary>The extents, outermost first.</summary>
    public ReadOnlySpan<int> Extents => _extents.IsDefault ? [] : _extents.AsSpan();

    /// <summary>Number of elements: the product of the extents, 1 for a scalar.</summary>
    public int Length
    {
        get
        {
            int length = 1;
            foreach (int extent in Extents)
            {
                length *= extent;
            }

            return length;
        }
    }

    /// <summary>The extent of an axis.</summary>
    /// <param name="axis">0 is the outermost axis; negative counts from the innermost (-1).</param>
    public int this[int axis] => Extents[axis < 0 ? axis + Rank : axis];

    /// <summary>Whether two shapes have the same extents.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Shape other) => Extents.SequenceEqual(other.Extents);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int extent in Extents)
        {
            hash.Add(extent);
        }

        return hash.ToHashCode();
    }

    /// <summary>For people: <c>[64, 13]</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>(Rank);
        foreach (int extent in Extents)
        {
            parts.Add(extent.ToString(CultureInfo.InvariantCulture));
        }

        return $"[{string.Join(", ", parts)}]";
    }
}
