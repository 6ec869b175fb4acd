using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How much a candidate differs from a reference in one metric on the same rows: candidate minus reference.</summary>
/// <param name="Metric">Name of the metric, as in <c>metrics.json</c>.</param>
/// <param name="Difference">Over all rows, with its interval.</param>
/// <param name="PValue">Two-sided; NaN when there is no interval.</param>
/// <param name="FoldDifferences">Within each fold, in ascending order of the fold numbers; NaN where a fold does not define the metric. Empty without folds.</param>
/// <param name="FoldMean">Mean of the defined fold differences, with an interval from their spread; undefined without folds.</param>
/// <param name="FoldStandardError">Standard error of that mean with the variance of Nadeau and Bengio (2003); NaN with fewer than two folds.</param>
public sealed record PairedDifference(
    string Metric,
    Estimate Difference,
    double PValue,
    ImmutableArray<double> FoldDifferences,
    Estimate FoldMean,
    double FoldStandardError);
