using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class PairedComparisonTests
{
    private static readonly PairedComparison Comparison = PairedComparison.Of(Golden.Binary(), Golden.Binary(model: "q"));

    /// <summary>scipy's paired t test and the covariance form of DeLong's test on tests/TestData/Evaluation/binary.csv.</summary>
    [Theory]
    [InlineData("auroc")]
    [InlineData("log_loss")]
    [InlineData("brier")]
    public void Of_IndependentSoftware_Agrees(string name)
    {
        double[] golden = Golden.Values("binary", "paired_" + name);
        PairedDifference found = Comparison.Differences[name];
        Golden.Near(golden[0], found.Difference.Value, 1e-12);
        Golden.Near(golden[1], found.Difference.Low);
        Golden.Near(golden[2], found.Difference.High);
        Golden.Near(golden[3], found.PValue);
    }

    [Fact]
    public void Of_Folds_GiveTheirDifferencesAndTheirSpread()
    {
        double[] golden = Golden.Values("binary", "paired_log_loss_folds");
        PairedDifference found = Comparison.Differences["log_loss"];
        for (int fold = 0; fold < 5; fold++)
        {
            Golden.Near(golden[fold], found.FoldDifferences[fold]);
        }
        Golden.Near(golden[5], found.FoldMean.Value);
        Golden.Near(golden[6], found.FoldMean.Low);
        Golden.Near(golden[7], found.FoldMean.High);
        Golden.Near(golden[8], found.FoldStandardError);
    }

    [Fact]
    public void Of_SeveralFindings_IsTheMeanOfTheirs()
    {
        // Two findings with the same answers differ as each does; a second that both models answer alike halves it.
        (BinaryPredictions one, BinaryPredictions other) = (Golden.Binary(), Golden.Binary(model: "q"));
        PairedComparison twice = PairedComparison.Of(Beside(one, one), Beside(other, other));
        PairedComparison half = PairedComparison.Of(Beside(one, one), Beside(other, one));
        foreach (string name in new[] { "log_loss", "brier" })
        {
            PairedDifference expected = PairedComparison.Of(one, other).Differences[name];
            Golden.Near(expected.Difference.Value, twice.Differences[name].Difference.Value, 1e-12);
            Golden.Near(expected.Difference.Low, twice.Differences[name].Difference.Low, 1e-10);
            Golden.Near(expected.Difference.High / 2, half.Differences[name].Difference.High, 1e-10);
        }
        Assert.Throws<InvalidPredictionsException>(() => PairedComparison.Of(Beside(one, one), Beside(other, other) with { FindingNames = ["a", "c"] }));
    }

    [Fact]
    public void Of_ModelsExchanged_TurnsTheSign()
    {
        PairedComparison back = PairedComparison.Of(Golden.Binary(model: "q"), Golden.Binary());
        foreach ((string name, PairedDifference found) in Comparison.Differences)
        {
            Golden.Near(-found.Difference.Value, back.Differences[name].Difference.Value, 1e-13);
            Golden.Near(-found.Difference.High, back.Differences[name].Difference.Low, 1e-12);
            Golden.Near(found.PValue, back.Differences[name].PValue, 1e-10);
        }
    }

    [Fact]
    public void Of_RepeatedPatients_TakesIntervalsFromThePatientBootstrap()
    {
        PairedComparison clustered = PairedComparison.Of(Golden.Binary(withGroups: true), Golden.Binary(withGroups: true, model: "q"));
        foreach ((string name, PairedDifference found) in clustered.Differences)
        {
            PairedDifference plain = Comparison.Differences[name];
            Golden.Near(plain.Difference.Value, found.Difference.Value, 1e-13);
            Assert.Contains("patient bootstrap", found.Difference.Method, StringComparison.Ordinal);
            Assert.InRange((found.Difference.High - found.Difference.Low) / (plain.Difference.High - plain.Difference.Low), 0.7, 1.4);
            Assert.InRange(found.PValue, plain.PValue - 0.15, plain.PValue + 0.15);
        }
    }

    [Fact]
    public void Of_ModelWithItself_FindsNothing()
    {
        PairedComparison same = PairedComparison.Of(Golden.Binary(), Golden.Binary());
        Assert.All(same.Differences.Values, found =>
        {
            Assert.Equal(0, found.Difference.Value);
            Assert.Equal(1, found.PValue);
        });
    }

    [Fact]
    public void Of_OtherRowOrder_GivesTheSameBits()
    {
        PairedComparison shuffled = PairedComparison.Of(
            MetricSamples.Shuffled(Golden.Binary(withGroups: true), 3), MetricSamples.Shuffled(Golden.Binary(withGroups: true, model: "q"), 3));
        PairedComparison plain = PairedComparison.Of(Golden.Binary(withGroups: true), Golden.Binary(withGroups: true, model: "q"));
        foreach ((string name, PairedDifference found) in plain.Differences)
        {
            Assert.Equal(found.Difference, shuffled.Differences[name].Difference);
            Assert.Equal(found.FoldMean, shuffled.Differences[name].FoldMean);
        }
    }

    [Fact]
    public void Of_SeveralClasses_ComparesRowByRow()
    {
        MulticlassPredictions reference = Golden.Multiclass();
        MulticlassPredictions flat = reference with { Probabilities = [.. Enumerable.Repeat(0.25, reference.Probabilities.Length)] };
        PairedComparison found = PairedComparison.Of(reference, flat);
        MulticlassEvaluation first = MulticlassEvaluation.Of(reference);
        MulticlassEvaluation second = MulticlassEvaluation.Of(flat);
        foreach (string name in new[] { "accuracy", "brier", "log_loss" })
        {
            Golden.Near(second.Metrics[name].Value - first.Metrics[name].Value, found.Differences[name].Difference.Value, 1e-12);
            Assert.True(found.Differences[name].PValue < 1e-6);
        }
        Assert.False(found.Differences["accuracy"].FoldMean.IsDefined);
    }

    [Fact]
    public void Of_OtherRows_AreRefused()
    {
        BinaryPredictions one = new([0.2, 0.4], [0, 1]);
        Refused(() => PairedComparison.Of(one, new BinaryPredictions([0.2, 0.4], [1, 0])), "targets differ");
        Refused(() => PairedComparison.Of(one, one with { Folds = [0, 1] }), "folds differ");
        Refused(() => PairedComparison.Of(one, one with { Groups = [0, 1] }), "groups differ");
        MulticlassPredictions several = new([0.2, 0.8], [0], ["a", "b"]);
        Refused(() => PairedComparison.Of(several, several with { ClassNames = ["b", "a"] }), "same classes");
    }

    private static void Refused(Action action, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidPredictionsException>(action).Message, StringComparison.Ordinal);

    private static MultilabelPredictions Beside(BinaryPredictions one, BinaryPredictions other) => new(
        [.. one.Probabilities.Zip(other.Probabilities, (a, b) => new[] { a, b }).SelectMany(pair => pair)],
        [.. one.Targets.Zip(other.Targets, (a, b) => new[] { a, b }).SelectMany(pair => pair)],
        ["a", "b"],
        one.Folds,
        one.Groups);
}
