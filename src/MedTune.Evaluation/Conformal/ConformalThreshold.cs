namespace MedTune.Evaluation;

/// <summary>The threshold of all rows or of one group: a class belongs to a row's set where its score is at most this.</summary>
/// <param name="Group">The group; null for all rows.</param>
/// <param name="Value">From 0 to 1; positive infinity where every class belongs to every set.</param>
/// <param name="IsOwn">Whether it comes from the rows it is used for: false for a group that takes the threshold of all rows.</param>
/// <param name="IsReached">Whether there were enough calibration rows for the coverage asked for.</param>
/// <param name="Note">One sentence about what is promised, or why it is not.</param>
public sealed record ConformalThreshold(string? Group, double Value, bool IsOwn, bool IsReached, string Note);
