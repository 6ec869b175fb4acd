using MedTune.Prediction;

namespace MedTune.Cli.Output;

/// <summary>One patient's answer and why.</summary>
/// <param name="Label">Who it is, in words.</param>
/// <param name="Row">The 0-based data row, or null.</param>
/// <param name="Explanation">The answer, and what each column contributed.</param>
internal sealed record ExplainedPatient(string Label, int? Row, Explanation Explanation);
