using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class DecisionCurveTests
{
    [Fact]
    public void Of_GoldenRows_MatchesTheDefinition()
    {
        double[][] expected = [.. Golden.Numbers("decision_curve.csv")];
        DecisionCurve curve = DecisionCurve.Of(Golden.Binary(), [.. expected.Select(row => row[0])]);
        Assert.Equal(expected.Length, curve.Points.Length);
        foreach ((double[] row, DecisionPoint point) in expected.Zip(curve.Points))
        {
            Golden.Near(row[1], point.NetBenefit.Value, 1e-12);
            Golden.Near(row[2], point.TreatAll.Value, 1e-12);
            Golden.Near(row[3], point.InterventionsAvoided.Value, 1e-10);

            // Another random stream draws other resamples: the ends agree within what 1000 of them leave open.
            double room = 0.2 * (row[5] - row[4]);
            Assert.InRange(point.NetBenefit.Low, row[4] - room, row[4] + room);
            Assert.InRange(point.NetBenefit.High, row[5] - room, row[5] + room);
            room = 0.2 * (row[7] - row[6]);
            Assert.InRange(point.InterventionsAvoided.Low, row[6] - room, row[6] + room);
            Assert.InRange(point.InterventionsAvoided.High, row[7] - room, row[7] + room);
        }
    }

    [Fact]
    public void Of_ByHand_CountsFalsePositivesAtTheOdds()
    {
        // At 0.2 the model calls three rows, two of them rightly: 2/5 - 1/5 * 0.25; all: 3/5 - 2/5 * 0.25.
        DecisionPoint point = DecisionCurve.Of(new BinaryPredictions([0.9, 0.2, 0.3, 0.1, 0.05], [1, 1, 0, 0, 1]), [0.2]).Points.Single();
        Assert.Equal(0.35, point.NetBenefit.Value, 12);
        Assert.Equal(0.5, point.TreatAll.Value, 12);
        Assert.Equal(-60, point.InterventionsAvoided.Value, 9);
    }

    [Fact]
    public void Of_NoEvents_HasNothingToGain()
    {
        DecisionCurve curve = DecisionCurve.Of(new BinaryPredictions([0.001, 0.5, 0.9], [0, 0, 0]));
        Assert.Equal((99, 0.0099), (curve.Points.Length, curve.Points[^1].Threshold));
        Assert.All(curve.Points, point => Assert.True(point.NetBenefit.Value <= 0 && point.TreatAll.Value < 0));
    }

    [Fact]
    public void Of_OneRow_HasNoInterval()
    {
        DecisionPoint point = DecisionCurve.Of(new BinaryPredictions([0.7], [1]), [0.5]).Points.Single();
        Assert.Equal(1, point.NetBenefit.Value);
        Assert.False(point.NetBenefit.HasInterval);
    }

    [Fact]
    public void Of_RowsInAnotherOrder_GivesTheSameBits()
    {
        BinaryPredictions rows = Golden.Binary(withGroups: true);
        int[] order = [.. Enumerable.Range(0, rows.Count).Reverse()];
        BinaryPredictions turned = new(
            [.. order.Select(i => rows.Probabilities[i])], [.. order.Select(i => rows.Targets[i])], null, [.. order.Select(i => rows.Groups![i])]);
        DecisionPoint[] first = [.. DecisionCurve.Of(rows with { Folds = null }).Points];
        Assert.Equal(first, DecisionCurve.Of(turned).Points);
        Assert.Contains("patient bootstrap", first[20].NetBenefit.Method, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Of_ImpossibleThreshold_IsRefused(double threshold) =>
        Assert.Throws<InvalidPredictionsException>(() => DecisionCurve.Of(new BinaryPredictions([0.7], [1]), [threshold]));
}
