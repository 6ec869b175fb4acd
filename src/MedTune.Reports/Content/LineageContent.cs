namespace MedTune.Reports;

/// <summary>The model this one was fine-tuned from, and what was tried.</summary>
/// <param name="ParentName">The source model's name or file name.</param>
/// <param name="ParentDigest">Its sha256, lower-case hex; empty when unknown.</param>
public sealed record LineageContent(string ParentName, string ParentDigest = "")
{
    /// <summary>What the source model was made on, in a sentence; empty when unknown.</summary>
    public string ParentDescription { get; init; } = "";

    /// <summary>Whether the source model was kept as it is, because no change did clearly better. Default: false.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>The ways of fine-tuning that were compared, the chosen one among them.</summary>
    public IReadOnlyList<CandidateRow> Tried { get; init; } = [];
}
