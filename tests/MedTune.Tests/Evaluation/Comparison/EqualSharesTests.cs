using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

public sealed class EqualSharesTests
{
    /// <summary>Worked by hand: one of four rows is positive, so odds are multiplied by 3.</summary>
    [Fact]
    public void Of_FourRows_MultipliesTheOdds()
    {
        EqualShares shares = EqualShares.Of(new BinaryPredictions([0.25, 0.1, 0.5, 0], [1, 0, 0, 0]))!;
        Assert.Equal((0.25, 3.0), (shares.Share, shares.OddsFactor));
        double[] expected = [0.5, 0.25, 0.75, 0];
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row], shares.Probabilities[row], 12);
        }

        Assert.Equal(0.375, shares.Shifted.MeanRisk, 12);
        Assert.Equal(0.25 / 0.375, shares.Shifted.ObservedToExpected, 12);
        Assert.Equal((0.25 + 0.0625 + 0.5625) / 4, shares.Shifted.Brier, 12);
        Assert.Equal(-(DoubleMath.Log(0.5) + DoubleMath.Log(0.75) + DoubleMath.Log(0.25)) / 4, shares.Shifted.LogLoss, 12);
        Assert.Equal(shares.Shifted.LogLoss - shares.AsIs.LogLoss, shares.LogLossIncrease.Value, 12);
        Assert.Equal(shares.Shifted.Brier - shares.AsIs.Brier, shares.BrierIncrease.Value, 12);
    }

    [Fact]
    public void Of_HonestRisksOfARareOutcome_AreWorseWithEqualClasses()
    {
        BinaryPredictions honest = Rare(3000);
        EqualShares shares = EqualShares.Of(honest)!;
        Assert.InRange(shares.AsIs.ObservedToExpected, 0.8, 1.25);
        Assert.InRange(shares.Shifted.ObservedToExpected, 0, 0.5);
        Assert.True(shares.LogLossIncrease.Low > 0 && shares.BrierIncrease.Low > 0);
        Assert.All(shares.CalibrationCurve.Groups, group => Assert.True(group.MeanPredicted > group.Observed.Value));

        // The claim of the report: one half on the shifted risks flags whom the share flags on the model's own.
        Assert.Equal(honest.Probabilities.Select(p => p >= shares.Share), shares.Probabilities.Select(p => p >= 0.5));
    }

    [Fact]
    public void Of_OtherOrderOfTheRows_GivesTheSameBits()
    {
        BinaryPredictions rows = Rare(300);
        int[] groups = [.. Enumerable.Range(0, 300).Select(i => i / 2)];
        EqualShares first = EqualShares.Of(rows with { Groups = groups })!;
        EqualShares turned = EqualShares.Of(new BinaryPredictions([.. rows.Probabilities.Reverse()], [.. rows.Targets.Reverse()], null, [.. groups.Reverse()]))!;
        Assert.Equal(first.Shifted, turned.Shifted);
        Assert.Equal(first.LogLossIncrease, turned.LogLossIncrease);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_OneClassOnly_IsNull(int target) => Assert.Null(EqualShares.Of(new BinaryPredictions([0.2, 0.4], [target, target])));

    private static BinaryPredictions Rare(int rows)
    {
        var random = new Philox(5, RandomPurpose.Bootstrap, 0);
        double[] risks = [.. Enumerable.Range(0, rows).Select(i => 0.2 * random.UniformDouble((uint)i))];
        return new BinaryPredictions(risks, [.. risks.Select((risk, i) => random.UniformDouble((uint)(rows + i)) < risk ? 1 : 0)]);
    }
}
