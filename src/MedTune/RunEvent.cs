namespace MedTune;

/// <summary>One line of <c>log.jsonl</c>.</summary>
/// <param name="Step">What was done.</param>
/// <param name="Detail">With what.</param>
public sealed record RunEvent(string Step, string Detail);
