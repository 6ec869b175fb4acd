using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Orders the classes of a collection: by name, the positive one last where there are two.</summary>
internal static class ImageClasses
{
    /// <summary>The names in order.</summary>
    /// <exception cref="DataException">There are fewer than two, or the positive one is not among them.</exception>
    public static ImmutableArray<string> Ordered(IEnumerable<string> names, string? positive, string where)
    {
        var ordered = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        if (ordered.Length < 2)
        {
            throw new DataException($"{where}: has {(ordered.Length == 0 ? "no labels" : "one class only")}; a model needs at least two classes to tell apart.");
        }

        if (positive is null)
        {
            return ordered;
        }

        if (!ordered.Contains(positive, StringComparer.Ordinal))
        {
            throw new DataException($"{where}: has no class of the name given as positive; its classes are {string.Join(", ", ordered.Take(10))}.");
        }

        return ordered.Length == 2 ? [ordered[0] == positive ? ordered[1] : ordered[0], positive] : ordered;
    }
}
