using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>All metrics, written out: a new one is a file and a line here. The common test suite checks every member.</summary>
public static class MetricRegistry
{
    /// <summary>The metrics of two classes, in the order a report shows them.</summary>
    public static ImmutableArray<BinaryMetric> Binary { get; } =
    [
        new AurocMetric(),
        new AurocFoldMeanMetric(),
        new AveragePrecisionMetric(),
        new LogLossMetric(),
        new BrierMetric(),
        new ScaledBrierMetric(),
        new CalibrationInterceptMetric(),
        new CalibrationSlopeMetric(),
        new ObservedExpectedRatioMetric(),
        new ExpectedCalibrationErrorMetric(),
        new RecallMetric(),
        new SpecificityMetric(),
        new PrecisionMetric(),
        new NegativePredictiveValueMetric(),
        new LikelihoodRatioPositiveMetric(),
        new LikelihoodRatioNegativeMetric(),
        new AccuracyMetric(),
        new BalancedAccuracyMetric(),
        new F1Metric(),
        new MatthewsCorrelationMetric(),
        new PrevalenceMetric(),
    ];

    /// <summary>The metrics of several classes together, in the order a report shows them.</summary>
    public static ImmutableArray<MulticlassMetric> Multiclass { get; } =
    [
        new MulticlassAccuracyMetric(),
        new MulticlassBalancedAccuracyMetric(),
        new MacroAurocMetric(),
        new MulticlassLogLossMetric(),
        new MulticlassBrierMetric(),
        new MacroPrecisionMetric(),
        new MacroRecallMetric(),
        new MacroSpecificityMetric(),
        new MacroF1Metric(),
        new MulticlassMatthewsCorrelationMetric(),
    ];

    /// <summary>The two-class metrics that are computed for each of several classes against the rest, in the order a report shows them.</summary>
    public static ImmutableArray<BinaryMetric> PerClass { get; } =
    [
        new AurocMetric(),
        new AveragePrecisionMetric(),
        new CalibrationInterceptMetric(),
        new CalibrationSlopeMetric(),
        new RecallMetric(),
        new SpecificityMetric(),
        new PrecisionMetric(),
        new NegativePredictiveValueMetric(),
        new F1Metric(),
        new PrevalenceMetric(),
    ];
}
