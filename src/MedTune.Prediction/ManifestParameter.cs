namespace MedTune.Prediction;

/// <summary>An initializer that training changed.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="IsPenalized">Whether penalties pull at it; intercepts are free.</param>
public sealed record ManifestParameter(string Name, bool IsPenalized);
