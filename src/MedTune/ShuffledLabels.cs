using MedTune.Evaluation;
using MedTune.Modalities.Genes;

namespace MedTune;

/// <summary>What a fast linear model reaches out of fold when labels are shuffled: the permutation test.</summary>
/// <param name="Times">How often they were shuffled.</param>
/// <param name="Metric">The figure: <c>auroc</c>, or <c>macro_auroc</c> for several classes.</param>
/// <param name="Observed">It with the true labels, by the same model.</param>
/// <param name="Shuffled">Its mean over the shufflings, with the interval that holds 95 % of them.</param>
/// <param name="PValue">(1 + shufflings at least as good) / (1 + shufflings).</param>
public sealed record ShuffledLabels(int Times, string Metric, double Observed, Estimate Shuffled, double PValue)
{
    /// <summary>From the test; null where it said nothing.</summary>
    internal static ShuffledLabels? Of(PermutationTest? test, int classes)
    {
        if (test is not { Shuffled.Length: > 0 })
        {
            return null;
        }

        double[] sorted = [.. test.Shuffled.Order()];
        int cut = (int)(0.025 * sorted.Length);
        return new ShuffledLabels(
            sorted.Length, classes == 2 ? "auroc" : "macro_auroc", test.Auroc, new Estimate(sorted.Average(), sorted[cut], sorted[^(cut + 1)], ""), test.PValue);
    }
}
