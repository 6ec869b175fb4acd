namespace MedTune.Prediction;

/// <summary>A figure with its interval; null where there is none.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Method">How the interval was made.</param>
public sealed record ManifestEstimate(double? Value, double? Low, double? High, string Method);
