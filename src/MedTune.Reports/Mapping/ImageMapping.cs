using System.Collections.Immutable;
using MedTune.Data.Images;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What evidence about pictures adds to the data of a report.</summary>
internal static class ImageMapping
{
    /// <summary>The data with the flow of pictures and patients, and with what was found only when the evidence was made.</summary>
    public static DataContent Data(DataContent data, ImageEvidence? evidence, Manifest manifest, ImmutableArray<string> accepted, ReportWords words)
    {
        if (evidence is null)
        {
            return data;
        }

        var known = data.Findings.Select(finding => finding.Code).ToHashSet(StringComparer.Ordinal);
        return data with
        {
            Flow = evidence.Flow.IsEmpty ? data.Flow : Flow(evidence.Flow, data.Flow.Count > 0 ? data.Flow[^1].Samples : evidence.Flow[^1].Images, words),
            Findings = [.. data.Findings, .. FindingMapping.Of(evidence.Findings.Where(finding => !known.Contains(finding.Code)), manifest, accepted, words)],
        };
    }

    /// <summary>The flow; a person's corrections may have left out more than the inspection did.</summary>
    public static IReadOnlyList<FlowStep> Flow(ImmutableArray<ImageFlowStep> flow, int used, ReportWords words)
    {
        string left = words.Of("Pictures left", "剩余图像");
        var steps = new List<FlowStep>();
        foreach (var step in flow)
        {
            if (step.Reason is { } reason && steps.Count > 0)
            {
                steps[^1] = steps[^1] with { LeftOut = [new FlowLoss(steps[^1].Samples - step.Images, ImageWords.Reason(reason, words))] };
            }

            steps.Add(new FlowStep(steps.Count == 0 ? words.Of("Pictures found", "找到的图像") : left, step.Images) { Patients = step.Patients });
        }

        if (steps[^1].Samples > used)
        {
            steps[^1] = steps[^1] with { LeftOut = [new FlowLoss(steps[^1].Samples - used, words.Of("left out by a reader's correction", "按阅片者的更正排除"))] };
            steps.Add(new FlowStep(left, used));
        }

        steps[^1] = steps[^1] with { Label = steps.Count == 1 ? words.Of("Pictures found, all used", "找到的图像，全部使用") : words.Of("Pictures used", "使用的图像") };
        return steps;
    }
}
