namespace MedTune;

/// <summary>How far a run is.</summary>
/// <param name="Stage">What is being done, in words.</param>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Detail">The unit that just finished.</param>
public sealed record TrainingProgress(string Stage, int Done, int Total, string Detail);
