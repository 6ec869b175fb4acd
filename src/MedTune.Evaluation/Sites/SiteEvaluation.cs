using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>Judges predictions for sites that the predicting models have not seen, and what they say about a further site.</summary>
/// <remarks>
/// Internal-external validation: Steyerberg and Harrell, J Clin Epidemiol 2016;69:245-247; Debray et al., BMJ 2023;380:e071018 (TRIPOD-Cluster). The
/// summary: Debray et al., BMJ 2017;356:i6460, on the scales they advise; a site's error is half the width of its own interval there.
/// </remarks>
public static class SiteEvaluation
{
    /// <summary>The name of the log-loss after a new intercept.</summary>
    public const string NewInterceptLogLoss = "log_loss_new_intercept";

    private static readonly ImmutableArray<BinaryMetric> Metrics =
    [
        new AurocMetric(), new LogLossMetric(), new BrierMetric(), new CalibrationInterceptMetric(), new CalibrationSlopeMetric(), new ObservedExpectedRatioMetric(),
    ];

    /// <summary>The figures of one site.</summary>
    /// <param name="name">The site.</param>
    /// <param name="predictions">Its rows, predicted by a model from other sites.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>
    /// With <c>auroc</c>, <c>brier</c>, <c>calibration_intercept</c>, <c>calibration_slope</c>, <c>log_loss</c>, <c>observed_expected_ratio</c>, and
    /// <c>log_loss_new_intercept</c>: the log-loss had the model a new intercept from the site's other patients.
    /// </returns>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static SubgroupResult Of(string name, BinaryPredictions predictions, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        BinarySample rows = BinarySample.Of(predictions, [0.5]);
        var figures = Estimates(rows, Metrics, options);
        figures[NewInterceptLogLoss] = NewIntercept.LeaveOneOut(rows) is { } renewed
            ? Estimates(BinarySample.Of(renewed, [0.5]), [new LogLossMetric()], options)["log_loss"]
            : Estimate.Undefined("undefined: no new intercept can be fitted without each patient");
        return new SubgroupResult(
            name, false, rows.Count, rows.UnitCount, rows.Targets.Sum(), figures.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>What the sites say together about <c>auroc</c> (on the logit scale), <c>calibration_slope</c> and <c>observed_expected_ratio</c> (on the log scale).</summary>
    /// <param name="sites">The sites; those whose figure has no finite value and error on its scale take no part in it.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>By figure, in the figure's own units.</returns>
    public static ImmutableSortedDictionary<string, RandomEffectsSummary> Summarize(IReadOnlyList<SubgroupResult> sites, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sites);
        options ??= EvaluationOptions.Default;
        return new Dictionary<string, RandomEffectsSummary>
        {
            ["auroc"] = Summary(sites, "auroc", "logit", options, static a => DoubleMath.Log(a / (1 - a)), DoubleMath.Sigmoid),
            ["calibration_slope"] = Summary(sites, "calibration_slope", "plain", options, static slope => slope, static slope => slope),
            ["observed_expected_ratio"] = Summary(sites, "observed_expected_ratio", "log", options, DoubleMath.Log, DoubleMath.Exp),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, Estimate> Estimates(BinarySample rows, IEnumerable<BinaryMetric> metrics, EvaluationOptions options)
    {
        BinaryEstimates estimates = new(rows, metrics, options);
        if (estimates.Open > 0)
        {
            estimates.Close(Bootstrap.Replicates(options.Seed, rows.UnitCount, options.ResamplesFor(rows.Count), estimates.Open, estimates.Measure));
        }
        return estimates.Found;
    }

    private static RandomEffectsSummary Summary(
        IReadOnlyList<SubgroupResult> sites, string metric, string scale, EvaluationOptions options, Func<double, double> there, Func<double, double> back)
    {
        Estimate[] own = [.. sites.Where(site => site.Metrics.ContainsKey(metric)).Select(site => site.Metrics[metric])];
        double[] figures = Array.ConvertAll(own, estimate => there(estimate.Value));
        double[] errors = Array.ConvertAll(own, estimate => (there(estimate.High) - there(estimate.Low)) / (2 * options.NormalQuantile));
        RandomEffectsSummary summary = RandomEffects.Of(figures, errors, options);
        return summary with { Mean = Back(summary.Mean), Prediction = Back(summary.Prediction), Scale = scale };

        Estimate Back(Estimate estimate) => estimate with { Value = back(estimate.Value), Low = back(estimate.Low), High = back(estimate.High) };
    }
}
