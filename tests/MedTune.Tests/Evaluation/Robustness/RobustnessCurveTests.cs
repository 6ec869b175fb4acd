using System.Collections.Immutable;

using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class RobustnessCurveTests
{
    private static readonly BinaryPredictions[] Levels = Read(withPatients: false);

    private static readonly ImmutableSortedDictionary<string, RobustnessCurve> Curves = RobustnessCurve.Of(Levels);

    private static readonly ImmutableSortedDictionary<string, RobustnessCurve> Clustered = RobustnessCurve.Of(Read(withPatients: true));

    /// <summary>tests/TestData/Evaluation/robustness.py: scikit-learn's metrics, scipy's paired t, numpy's bootstrap within an eighth of the width.</summary>
    [Theory]
    [InlineData("auroc")]
    [InlineData("brier")]
    [InlineData("log_loss")]
    public void Of_IndependentSoftware_Agrees(string metric)
    {
        string[][] golden = [.. Golden.Rows("robustness_golden.csv").Where(row => row[0] == metric)];
        Assert.Equal(6, golden.Length);
        foreach (string[] row in golden)
        {
            int level = (int)Golden.Number(row[1]);
            Estimate plain = level == 6 ? Curves[metric].MeanRelativeLoss : Curves[metric].Levels[level].RelativeLoss;
            Estimate clustered = level == 6 ? Clustered[metric].MeanRelativeLoss : Clustered[metric].Levels[level].RelativeLoss;
            Golden.Near(Golden.Number(row[5]), plain.Value);
            Golden.Near(Golden.Number(row[5]), clustered.Value);
            (double low, double high) = (Golden.Number(row[6]), Golden.Number(row[7]));
            Assert.InRange(clustered.Low, low - ((high - low) / 8), low + ((high - low) / 8));
            Assert.InRange(clustered.High, high - ((high - low) / 8), high + ((high - low) / 8));
            if (level < 6)
            {
                Golden.Near(Golden.Number(row[2]), Curves[metric].Levels[level].Value.Value);
            }
            if (row[3] != "nan")
            {
                Golden.Near(Golden.Number(row[3]), Curves[metric].Levels[level].Difference.Low);
                Golden.Near(Golden.Number(row[4]), Curves[metric].Levels[level].Difference.High);
            }
        }
    }

    [Fact]
    public void Of_Levels_AreThoseOfTheEvaluationAndTheComparison()
    {
        Assert.Equal(["auroc", "brier", "log_loss"], Curves.Keys);
        for (int level = 0; level < 6; level++)
        {
            BinaryEvaluation alone = BinaryEvaluation.Of(Levels[level]);
            foreach ((string metric, RobustnessCurve curve) in Curves)
            {
                Assert.Equal(level, curve.Levels[level].Level);
                Assert.Equal(alone.Metrics[metric], curve.Levels[level].Value);
            }
        }
        PairedDifference difference = PairedComparison.Of(Levels[0], Levels[3]).Differences["auroc"];
        Assert.Equal((difference.Difference, difference.PValue), (Curves["auroc"].Levels[3].Difference, Curves["auroc"].Levels[3].PValue));
    }

    [Fact]
    public void Of_LevelZero_IsWithoutDifference()
    {
        RobustnessLevel clean = Curves["auroc"].Levels[0];
        Assert.Equal((0, 0), (clean.Difference.Value, clean.RelativeLoss.Value));
        Assert.False(clean.Difference.HasInterval || clean.RelativeLoss.HasInterval);
        Assert.True(double.IsNaN(clean.PValue));
    }

    [Fact]
    public void Of_SameLevels_LoseNothing()
    {
        foreach (RobustnessCurve curve in RobustnessCurve.Of([Levels[0], Levels[0]]).Values)
        {
            Assert.Equal(0, curve.MeanRelativeLoss.Value);
            Assert.False(curve.MeanRelativeLoss.HasInterval);
        }
    }

    [Fact]
    public void Of_LevelsThatGetWorse_LoseInEveryMetric() =>
        Assert.All(Curves.Values, curve => Assert.True(curve.MeanRelativeLoss.Low > 0 && curve.Levels[5].RelativeLoss.Value > curve.Levels[1].RelativeLoss.Value));

    [Fact]
    public void Of_SeveralClasses_AgreesWithTheEvaluation()
    {
        MulticlassPredictions clean = Golden.Multiclass(withGroups: true);
        MulticlassPredictions flat = clean with { Probabilities = [.. clean.Probabilities.Select(p => (0.2 * p) + 0.2)] };
        MulticlassPredictions turned = clean with { Probabilities = [.. Enumerable.Range(0, clean.Probabilities.Length).Select(i => clean.Probabilities[i ^ (i / 4 % 3 == 0 ? 1 : 0)])] };
        var curves = RobustnessCurve.Of([clean, flat, turned]);
        MulticlassEvaluation first = MulticlassEvaluation.Of(clean);
        MulticlassEvaluation last = MulticlassEvaluation.Of(turned);
        Assert.Equal(["accuracy", "brier", "log_loss"], curves.Keys);
        foreach ((string metric, RobustnessCurve curve) in curves)
        {
            Assert.Equal(first.Metrics[metric].Value, curve.Levels[0].Value.Value);
            double loss = (last.Metrics[metric].Value - first.Metrics[metric].Value) / first.Metrics[metric].Value;
            Golden.Near(metric == "accuracy" ? -loss : loss, curve.Levels[2].RelativeLoss.Value);
            Golden.Near((curve.Levels[1].RelativeLoss.Value + curve.Levels[2].RelativeLoss.Value) / 2, curve.MeanRelativeLoss.Value);
            Assert.Contains("patient bootstrap", curve.MeanRelativeLoss.Method, StringComparison.Ordinal);
        }

        // Flatter probabilities decide alike.
        Assert.Equal(0, curves["accuracy"].Levels[1].RelativeLoss.Value);
    }

    [Fact]
    public void Of_OneClassOnly_LeavesTheAurocUndefined()
    {
        BinaryPredictions ill = new([0.7, 0.8, 0.6], [1, 1, 1]);
        var curves = RobustnessCurve.Of([ill, ill with { Probabilities = [0.6, 0.5, 0.4] }]);
        Assert.False(curves["auroc"].MeanRelativeLoss.IsDefined);
        Assert.False(curves["auroc"].Levels[1].RelativeLoss.IsDefined);
        Assert.True(curves["brier"].MeanRelativeLoss.IsDefined);
    }

    [Fact]
    public void Of_PerfectLevelZero_LeavesTheLossOfTheBrierScoreUndefined()
    {
        BinaryPredictions perfect = new([0, 1, 1], [0, 1, 1]);
        var curves = RobustnessCurve.Of([perfect, perfect with { Probabilities = [0.1, 0.9, 0.8] }]);
        Assert.False(curves["brier"].MeanRelativeLoss.IsDefined);
        Assert.Contains("0 at level 0", curves["brier"].MeanRelativeLoss.Method, StringComparison.Ordinal);
        Assert.Equal(0, curves["auroc"].MeanRelativeLoss.Value);
    }

    [Fact]
    public void Of_OtherRowOrder_GivesTheSameBits()
    {
        var shuffled = RobustnessCurve.Of([.. Read(withPatients: true).Select(level => MetricSamples.Shuffled(level, 4))]);
        foreach ((string metric, RobustnessCurve curve) in Clustered)
        {
            Assert.Equal(curve.MeanRelativeLoss, shuffled[metric].MeanRelativeLoss);
            Assert.Equal<RobustnessLevel>(curve.Levels, shuffled[metric].Levels);
        }
    }

    [Fact]
    public void Of_Misfits_AreRefused()
    {
        Refused(() => RobustnessCurve.Of([Levels[0]]), "at least one level above");
        Refused(() => RobustnessCurve.Of([Levels[0], Levels[1] with { Targets = [.. Levels[1].Targets.Reverse()] }]), "Level 1 must hold the same rows");
        Refused(() => RobustnessCurve.Of([Levels[0], Levels[1], new BinaryPredictions([0.5], [1])]), "Level 2");
        Refused(() => RobustnessCurve.Of([Levels[0], Levels[1] with { Groups = new int[Levels[1].Count] }]), "groups differ");
        MulticlassPredictions several = Golden.Multiclass();
        Refused(() => RobustnessCurve.Of([several, several with { ClassNames = ["a", "b", "c", "d"] }]), "same classes");
        Refused(() => RobustnessCurve.Of([several]), "at least one level above");
    }

    private static BinaryPredictions[] Read(bool withPatients)
    {
        double[][] rows = [.. Golden.Numbers("robustness.csv")];
        return
        [
            .. Enumerable.Range(0, 6).Select(level => new BinaryPredictions(
                [.. rows.Select(row => row[level])],
                [.. rows.Select(row => (int)row[6])],
                null,
                withPatients ? [.. rows.Select(row => (int)row[7])] : null)),
        ];
    }

    private static void Refused(Action action, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidPredictionsException>(action).Message, StringComparison.Ordinal);
}
