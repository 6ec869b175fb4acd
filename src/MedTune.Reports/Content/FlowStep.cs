namespace MedTune.Reports;

/// <summary>A station of the way from the file to the model.</summary>
/// <param name="Label">What these rows are, for example <c>Rows read</c> or <c>Rows with a known outcome</c>.</param>
/// <param name="Samples">How many rows.</param>
public sealed record FlowStep(string Label, int Samples)
{
    /// <summary>Different patients among them; null when unknown.</summary>
    public int? Patients { get; init; }

    /// <summary>Rows left out right after this station, each with its reason.</summary>
    public IReadOnlyList<FlowLoss> LeftOut { get; init; } = [];
}
