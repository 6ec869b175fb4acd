using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Graphs.Operators;

/// <summary>NumPy's broadcasting rule: shapes are aligned at their last axis; extents must be equal or 1.</summary>
internal static class Broadcasting
{
    /// <summary>The dimensions two or more inputs broadcast to; default when a rank is unknown.</summary>
    /// <exception cref="InvalidGraphException">Two known extents differ and neither is 1.</exception>
    public static ImmutableArray<Dimension> Combine(ShapeContext context, params ReadOnlySpan<int> inputs)
    {
        ImmutableArray<Dimension> result = [];
        foreach (int input in inputs)
        {
            var type = context.Input(input);
            if (!type.HasRank)
            {
                return default;
            }

            result = Combine(context, result, type.Dimensions);
        }

        return result;
    }

    /// <summary>The dimensions two lists of dimensions broadcast to.</summary>
    public static ImmutableArray<Dimension> Combine(ShapeContext context, ImmutableArray<Dimension> left, ImmutableArray<Dimension> right)
    {
        int rank = Math.Max(left.Length, right.Length);
        var combined = ImmutableArray.CreateBuilder<Dimension>(rank);
        for (int axis = 0; axis < rank; axis++)
        {
            Dimension x = axis < rank - left.Length ? 1 : left[axis - rank + left.Length];
            Dimension y = axis < rank - right.Length ? 1 : right[axis - rank + right.Length];
            combined.Add(Combine(x, y) ?? throw context.Error(string.Create(
                CultureInfo.InvariantCulture,
                $"its inputs have shapes [{string.Join(", ", left)}] and [{string.Join(", ", right)}], which differ at axis {axis} ({x} and {y}); extents must be equal or 1.")));
        }

        return combined.ToImmutable();
    }

    private static Dimension? Combine(Dimension x, Dimension y) =>
        x.Value == 1 ? y :
        y.Value == 1 ? x :
        x.Value is int a && y.Value is int b ? (a == b ? x : (Dimension?)null) :
        x.Value is not null ? x :
        y.Value is not null ? y :
        x.Symbol is not null && x == y ? x : Dimension.Unknown;
}
