using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>The classes of a collection by the words that label its pictures.</summary>
/// <param name="Names">Names of the classes; the positive one last where there are two.</param>
/// <param name="IsOneAgainstOthers">Whether the first class is every word but the second one's name.</param>
internal sealed record ImageClasses(ImmutableArray<string> Names, bool IsOneAgainstOthers)
{
    /// <summary>The class of a word.</summary>
    public int Of(string word) => IsOneAgainstOthers ? (word == Names[1] ? 1 : 0) : Names.IndexOf(word);

    /// <summary>The classes of words: by name, or one against all others where a person names one of several as positive.</summary>
    /// <exception cref="DataException">There are fewer than two, or the positive one is not among them.</exception>
    public static ImageClasses Labels(IEnumerable<string> words, ImageSetOptions options, string where)
    {
        string[] distinct = [.. words.Distinct(StringComparer.Ordinal)];
        if (options.ClassNames is [var others, var one] && others == Not(one))
        {
            return new ImageClasses(options.ClassNames, true); // as a model answers
        }

        return options.Positive is { } positive && distinct.Length > 2 && distinct.Contains(positive, StringComparer.Ordinal)
            ? new ImageClasses([Not(positive), positive], true)
            : new ImageClasses(Ordered(distinct, options.Positive, where), false);
    }

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

    private static string Not(string name) => $"not {name}";
}
