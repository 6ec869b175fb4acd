using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class SiteEvaluationTests
{
    private static ILookup<string, string[]> Expected => Golden.Rows("sites_golden.csv").ToLookup(row => row[0]);

    [Fact]
    public void Of_GoldenSites_MatchesTheDefinitions()
    {
        foreach (SubgroupResult site in Sites())
        {
            foreach (string[] row in Expected[site.Name])
            {
                double[] values = [.. row[2].Split(' ').Select(Golden.Number)];
                Estimate found = site.Metrics[row[1]];

                // The golden intercept is fitted to the end without each row; one Newton step differs by far less than the loss is known.
                double tolerance = row[1] == SiteEvaluation.NewInterceptLogLoss ? 2e-4 : row[1] == "calibration_slope" ? 1e-6 : 1e-9;
                Golden.Near(values[0], found.Value, tolerance);
                if (values.Length == 3)
                {
                    Golden.Near(values[1], found.Low, tolerance);
                    Golden.Near(values[2], found.High, tolerance);
                }
            }
        }
    }

    [Fact]
    public void Summarize_GoldenSites_MatchesTheRestrictedLikelihood()
    {
        ImmutableSortedDictionary<string, RandomEffectsSummary> summaries = SiteEvaluation.Summarize(Sites());
        Assert.Equal(summaries.Count, Expected["summary"].Count());
        foreach (string[] row in Expected["summary"])
        {
            double[] values = [.. row[2].Split(' ').Select(Golden.Number)];
            RandomEffectsSummary found = summaries[row[1]];
            double[] own = [found.Mean.Value, found.Mean.Low, found.Mean.High, found.Prediction.Low, found.Prediction.High, found.Tau];
            for (int i = 0; i < own.Length; i++)
            {
                Golden.Near(values[i], own[i], 1e-5);
            }
        }
    }

    [Fact]
    public void Summarize_PerfectSite_LeavesItOutAndSaysHowManyCount()
    {
        int[] targets = [.. Enumerable.Range(0, 40).Select(i => i % 2)];
        SubgroupResult perfect = SiteEvaluation.Of("perfect", new BinaryPredictions([.. targets.Select(target => 0.1 + (0.8 * target))], targets));
        ImmutableSortedDictionary<string, RandomEffectsSummary> summaries = SiteEvaluation.Summarize([.. Sites(), perfect]);
        Assert.Equal((5, 6), (summaries["auroc"].Sites, summaries["observed_expected_ratio"].Sites));
    }

    [Fact]
    public void Of_ShiftedRisks_NewInterceptRepairsTheLoss()
    {
        BinaryPredictions rows = Golden.Binary();
        SubgroupResult asIs = SiteEvaluation.Of("as it is", rows);
        SubgroupResult shifted = SiteEvaluation.Of("shifted", rows with { Probabilities = Array.ConvertAll(rows.Probabilities, p => p / (p + (6 * (1 - p)))) });
        Assert.True(shifted.Metrics["log_loss"].Value > asIs.Metrics["log_loss"].Value + 0.1);

        // A new intercept undoes any shift of the log-odds, up to rounding.
        Golden.Near(asIs.Metrics[SiteEvaluation.NewInterceptLogLoss].Value, shifted.Metrics[SiteEvaluation.NewInterceptLogLoss].Value);
    }

    [Fact]
    public void Of_RepeatedPatients_LeavesWholePatientsOut()
    {
        BinaryPredictions rows = Golden.Binary();
        BinaryPredictions twice = new([.. rows.Probabilities, .. rows.Probabilities], [.. rows.Targets, .. rows.Targets], null, [.. Enumerable.Range(0, 2 * rows.Count).Select(i => i % rows.Count)]);
        SubgroupResult once = SiteEvaluation.Of("once", rows);
        SubgroupResult repeated = SiteEvaluation.Of("twice", twice);
        Assert.Equal((2 * rows.Count, rows.Count), (repeated.Count, repeated.Patients));
        Golden.Near(once.Metrics[SiteEvaluation.NewInterceptLogLoss].Value, repeated.Metrics[SiteEvaluation.NewInterceptLogLoss].Value);
        Assert.Contains("patient", repeated.Metrics["auroc"].Method, StringComparison.Ordinal);
    }

    private static List<SubgroupResult> Sites() =>
    [
        .. Golden.Rows("sites.csv").GroupBy(row => row[0]).Select(site => SiteEvaluation.Of(
            site.Key, new BinaryPredictions([.. site.Select(row => Golden.Number(row[1]))], [.. site.Select(row => (int)Golden.Number(row[2]))]))),
    ];
}
