namespace MedTune.Reports;

/// <summary>What is shown of a model of pictures.</summary>
/// <param name="Evidence">Cases, maps, robustness and the rest, as the run found them.</param>
/// <param name="Flow">The way of the pictures from the files to the model.</param>
/// <param name="Findings">What was found in the pictures, and what was done about it.</param>
public sealed record ImagesContent(ImageEvidence Evidence, IReadOnlyList<FlowStep> Flow, IReadOnlyList<FindingRow> Findings);
