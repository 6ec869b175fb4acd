using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

public sealed class DeLongTests
{
    /// <summary>
    /// Ratings of 109 CT images on five levels, Hanley and McNeil, Radiology 1982;143:29-36, Table 1: area 0.893. DeLong's standard
    /// error 0.0307 and the plain interval 0.83295 to 0.95339 are printed in the Stata manual (roctab, data set hanley).
    /// </summary>
    [Fact]
    public void Variance_HanleyMcNeilRatings_AgreesWithStata()
    {
        (double[] ratings, int[] targets) = HanleyMcNeil();
        BinarySample rows = BinarySample.Of(new BinaryPredictions(ratings, targets), [0.5]);
        double area = DeLong.Area(rows.Blocks, rows.Targets, []);
        double[] components = DeLong.Components(rows.Blocks, rows.Targets);
        double error = Math.Sqrt(DeLong.Covariance(components, area, components, area, rows.Targets));

        Assert.Equal(0.8932, area, 4);
        Assert.Equal(0.0307, error, 4);
        double z = NormalDistribution.Quantile(0.975);
        Assert.Equal(0.83295, area - (z * error), 5);
        Assert.Equal(0.95339, area + (z * error), 5);
    }

    [Fact]
    public void Interval_PairsDefinition_Agrees()
    {
        double[] golden = Golden.Values("binary", "auroc");
        Estimate estimate = BinaryEvaluation.Of(Golden.Binary()).Metrics["auroc"];
        Golden.Near(golden[0], estimate.Value, 1e-14);
        Golden.Near(golden[1], estimate.Low);
        Golden.Near(golden[2], estimate.High);
        Assert.Equal("95 % interval, DeLong variance, logit scale", estimate.Method);
    }

    [Fact]
    public void Newcombe_RootOfItsEquation_Agrees()
    {
        foreach (double[] row in Golden.Table("distributions", "newcombe"))
        {
            Interval interval = NewcombeAurocInterval.Of(row[0], row[1], row[2], EvaluationOptions.Default);
            Golden.Near(row[3], interval.Low, 1e-9);
            Golden.Near(row[4], interval.High, 1e-9);
        }
    }

    [Fact]
    public void Interval_PerfectSeparation_HasALengthAndSaysHow()
    {
        BinaryPredictions perfect = new([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [0, 0, 0, 1, 1, 1]);
        Estimate estimate = BinaryEvaluation.Of(perfect).Metrics["auroc"];
        Assert.Equal(1, estimate.Value);
        Assert.Equal(1, estimate.High);
        Assert.InRange(estimate.Low, 0.3, 0.8);
        Assert.Contains("Newcombe", estimate.Method, StringComparison.Ordinal);
    }

    /// <summary>3000 samples of 30 + 40 binormal rows with known area: the interval holds it about as often as it says.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.2)]
    [InlineData(2.0)]
    public void Interval_SimulatedSamples_CoversTheTrueArea(double shift)
    {
        double truth = NormalDistribution.Cumulative(shift / Math.Sqrt(2));
        const int samples = 3000;
        int covered = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            Philox random = new(20261121, RandomPurpose.Bootstrap, (ulong)((shift * 1000) + (sample * 10_000)));
            double[] scores = new double[70];
            int[] targets = new int[70];
            for (int i = 0; i < scores.Length; i++)
            {
                targets[i] = i < 30 ? 1 : 0;
                scores[i] = NormalDistribution.Cumulative(random.Normal((ulong)i) + (shift * targets[i]));
            }
            BinarySample rows = BinarySample.Of(new BinaryPredictions(scores, targets), [0.5]);
            Interval interval = DeLong.Of(rows, DeLong.Area(rows.Blocks, rows.Targets, []), EvaluationOptions.Default);
            covered += interval.Low <= truth && truth <= interval.High ? 1 : 0;
        }
        Assert.InRange(covered / (double)samples, 0.935, 0.968);
    }

    [Fact]
    public void Compare_CovarianceDefinition_Agrees()
    {
        double[] golden = Golden.Values("binary", "paired_auroc");
        BinaryPredictions first = Golden.Binary();
        BinaryPredictions second = Golden.Binary(model: "q");
        DeLongTest test = DeLongTest.Compare(first.Probabilities, second.Probabilities, first.Targets);
        Golden.Near(golden[0], test.Difference.Value, 1e-13);
        Golden.Near(golden[1], test.Difference.Low);
        Golden.Near(golden[2], test.Difference.High);
        Golden.Near(golden[3], test.PValue);
    }

    [Fact]
    public void Compare_ModelWithItself_FindsNoDifference()
    {
        BinaryPredictions one = Golden.Binary();
        DeLongTest test = DeLongTest.Compare(one.Probabilities, one.Probabilities, one.Targets);
        Assert.Equal(0, test.Difference.Value);
        Assert.Equal(1, test.PValue);
        Assert.False(test.Difference.HasInterval);
    }

    [Fact]
    public void Compare_OneClass_IsUndefined()
    {
        DeLongTest test = DeLongTest.Compare([0.1, 0.2], [0.3, 0.1], [0, 0]);
        Assert.False(test.Difference.IsDefined);
        Assert.True(double.IsNaN(test.PValue));
    }

    private static (double[] Ratings, int[] Targets) HanleyMcNeil()
    {
        int[] normal = [33, 6, 6, 11, 2];
        int[] abnormal = [3, 2, 2, 11, 33];
        List<double> ratings = [];
        List<int> targets = [];
        for (int level = 0; level < 5; level++)
        {
            for (int i = 0; i < normal[level] + abnormal[level]; i++)
            {
                ratings.Add((level + 1) / 5.0);
                targets.Add(i < normal[level] ? 0 : 1);
            }
        }
        return ([.. ratings], [.. targets]);
    }
}
