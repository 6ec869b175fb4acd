namespace MedTune.Reports;

/// <summary>Why the classes were left as rare as they are: what making them equally common would do to the risks.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Lead">Why the threshold moves and nothing is resampled.</param>
/// <param name="Rows">The figures.</param>
/// <param name="Finding">What the drawing of the shifted risks shows.</param>
/// <param name="Calibration">Observed risk against the risk with equal classes.</param>
public sealed record ImbalanceContent(string Title, string Lead, IReadOnlyList<ImbalanceRow> Rows, string Finding, CalibrationContent Calibration)
{
    /// <summary>How the figures were computed and where the evidence is published.</summary>
    public string Source { get; init; } = "";
}
