using System.Text.Json.Serialization;

namespace MedTune.PeerBenchmark;

/// <summary>What one fit in a process of its own says about itself, the same for MedTune and its peers.</summary>
/// <param name="Tool">Name and version.</param>
/// <param name="ReadSeconds">Reading and typing the table.</param>
/// <param name="FitSeconds">From the read table to the fitted model, preprocessing included.</param>
/// <param name="LogLoss">On the held-out fold.</param>
/// <param name="Auroc">On the held-out fold.</param>
/// <param name="PeakMegabytes">Largest resident memory of the process.</param>
/// <param name="Note">How the fit ended.</param>
internal sealed record FitFigures(
    [property: JsonPropertyName("tool")] string Tool,
    [property: JsonPropertyName("read_seconds")] double ReadSeconds,
    [property: JsonPropertyName("fit_seconds")] double FitSeconds,
    [property: JsonPropertyName("log_loss")] double LogLoss,
    [property: JsonPropertyName("auroc")] double Auroc,
    [property: JsonPropertyName("peak_mb")] double PeakMegabytes,
    [property: JsonPropertyName("note")] string Note);
