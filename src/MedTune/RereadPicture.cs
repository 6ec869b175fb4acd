namespace MedTune;

/// <summary>A training picture that a person should read again.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Reason"><c>mislabelled</c>, <c>ambiguous</c> or <c>rare</c>.</param>
/// <param name="Score">How much speaks for a wrong label, 0 to 1.</param>
/// <param name="Label">Its label.</param>
/// <param name="Believed">What the model takes it for.</param>
public sealed record RereadPicture(EvidencePicture Picture, string Reason, double Score, string Label, string Believed)
{
    /// <summary>The picture's name in the user's files; null where it is not to be shown.</summary>
    public string? Name { get; init; }
}
