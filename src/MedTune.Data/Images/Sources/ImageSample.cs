using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>One picture to learn from or to ask about, and what is known of it.</summary>
/// <param name="Name">How people find it: the path within the folder, or <c>train/17</c> in an archive.</param>
/// <param name="Labels">The number of its class; with several findings one 0 or 1 for each; empty where it has no label.</param>
/// <param name="Patient">The patient's pseudonym, or null where the data does not say.</param>
/// <param name="Site">The site's pseudonym, or null.</param>
/// <param name="Part"><c>train</c>, <c>val</c> or <c>test</c> where the data divides itself, otherwise null.</param>
public sealed record ImageSample(string Name, ImmutableArray<int> Labels, string? Patient = null, string? Site = null, string? Part = null)
{
    /// <summary>What its file says of how it was taken; null for files that say nothing.</summary>
    public PictureOrigin? Origin { get; init; }

    /// <summary>Where the pixels are.</summary>
    internal PicturePlace Place { get; init; } = new("", 0);
}
