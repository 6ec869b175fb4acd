using System.Collections.Immutable;
using MedTune.Data.Images;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The evidence about pictures as sections of the report.</summary>
internal static class ImageMapping
{
    public static ImagesContent? Of(ImageEvidence? evidence, Manifest manifest, ImmutableArray<string> accepted) => evidence is null
        ? null
        : new ImagesContent(evidence, Flow(evidence.Flow), FindingMapping.Of(evidence.Findings, manifest, accepted));

    internal static List<FlowStep> Flow(ImmutableArray<ImageFlowStep> flow)
    {
        var steps = new List<FlowStep>();
        foreach (var step in flow)
        {
            if (step.Reason is { } reason && steps.Count > 0)
            {
                steps[^1] = steps[^1] with { LeftOut = [new FlowLoss(steps[^1].Samples - step.Images, ImageWords.Reason(reason))] };
            }

            steps.Add(new FlowStep(steps.Count == 0 ? "Pictures found" : "Pictures left", step.Images) { Patients = step.Patients });
        }

        if (steps.Count > 1)
        {
            steps[^1] = steps[^1] with { Label = "Pictures used" };
        }

        return steps;
    }
}
