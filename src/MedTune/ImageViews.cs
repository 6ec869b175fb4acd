using System.Collections.Immutable;

namespace MedTune;

/// <summary>Views of a picture over which a model can average (test-time augmentation).</summary>
public static class ImageViews
{
    /// <summary>The views there are beside the picture as it is, with what each shows.</summary>
    public static ImmutableSortedDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mirrored"] = "left and right exchanged; not where the side of the body matters",
        ["flipped"] = "upside down; where pictures have no upper side, such as smears",
        ["turned"] = "a quarter turn; where pictures have no upper side",
        ["closer"] = "without an eighth of its width and height at the border",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
