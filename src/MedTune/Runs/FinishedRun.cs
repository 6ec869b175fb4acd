namespace MedTune;

/// <summary>A finished run and the folder it was written to.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Run">The run.</param>
/// <param name="Record">What <c>run.json</c> holds.</param>
public sealed record FinishedRun(string Folder, Run Run, RunRecord Record);
