using System.Collections.Immutable;

namespace MedTune;

/// <summary>A judged picture, the answer, and what speaks for it.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Part">The part it was judged in: <c>test</c> or <c>oof</c>.</param>
/// <param name="Truth">What was true: the class, or with several findings whether the finding was there.</param>
/// <param name="Answer">What the model answers, in the same words.</param>
/// <param name="Probability">The probability that the model gives its answer, 0 to 1.</param>
public sealed record PictureCase(EvidencePicture Picture, string Part, string Truth, string Answer, double Probability)
{
    /// <summary>The picture's name in the user's files; null where it is not to be shown.</summary>
    public string? Name { get; init; }

    /// <summary>Where in the picture the answer comes from.</summary>
    public ImmutableArray<SaliencyPicture> Saliency { get; init; } = [];

    /// <summary>The training pictures that are nearest for the network, the nearest first; none is of the same patient.</summary>
    public ImmutableArray<NearestPicture> Nearest { get; init; } = [];

    /// <summary>Whether the answer is right.</summary>
    public bool IsRight => string.Equals(Truth, Answer, StringComparison.Ordinal);
}
