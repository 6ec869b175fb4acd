namespace MedTune;

/// <summary>How often a model uses an operator.</summary>
/// <param name="Operator">The operator's name.</param>
/// <param name="Count">Its nodes.</param>
public sealed record OperatorUse(string Operator, int Count);
