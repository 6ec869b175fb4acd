using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Prediction;

namespace MedTune;

/// <summary>The figures of a run as a manifest stores them.</summary>
internal static class ModelMetrics
{
    public static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, ManifestEstimate>> Of(IEnumerable<PartEvaluation> parts) =>
        parts.ToImmutableSortedDictionary(
            part => part.Part,
            part => part.Metrics.ToImmutableSortedDictionary(pair => pair.Key, pair => Stored(pair.Value), StringComparer.Ordinal),
            StringComparer.Ordinal);

    private static ManifestEstimate Stored(Estimate estimate) =>
        new(Finite(estimate.Value), Finite(estimate.Low), Finite(estimate.High), estimate.Method);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
