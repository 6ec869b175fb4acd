namespace MedTune.Reports;

/// <summary>One figure of the model as it is, beside what it would be with equal classes.</summary>
/// <param name="Name">The figure.</param>
/// <param name="AsIs">As the model is, as text.</param>
/// <param name="Equal">With equal classes, as text.</param>
public sealed record ImbalanceRow(string Name, string AsIs, string Equal)
{
    /// <summary>What the figure says, one sentence; empty for none.</summary>
    public string Explanation { get; init; } = "";
}
