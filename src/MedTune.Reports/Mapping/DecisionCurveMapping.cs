using MedTune.Evaluation;

namespace MedTune.Reports.Mapping;

/// <summary>A decision curve as a drawing.</summary>
internal static class DecisionCurveMapping
{
    public static DecisionCurveContent? Of(DecisionCurve? curve) => curve is null
        ? null
        : new DecisionCurveContent
        {
            Model = [.. curve.Points.Select(point => Band(point.Threshold, point.NetBenefit))],
            TreatAll = [.. curve.Points.Select(point => new CurvePoint(point.Threshold, point.TreatAll.Value))],
            Avoided = [.. curve.Points.Select(point => Band(point.Threshold, point.InterventionsAvoided))],
        };

    private static BandPoint Band(double threshold, Estimate estimate) => new(threshold, estimate.Value, estimate.Low, estimate.High);
}
