namespace MedTune;

/// <summary>One opening of a sealed part.</summary>
/// <param name="Test">Digest of the test samples.</param>
/// <param name="Model">Digest of the model that was judged on them.</param>
/// <param name="Purpose"><c>train</c> or <c>evaluate</c>.</param>
/// <param name="At">When, in UTC.</param>
public sealed record LedgerEntry(string Test, string Model, string Purpose, DateTimeOffset At);
