using MedTune.Reports;
using MedTune.Reports.Wording;

namespace MedTune.Tests.Reports.Wording;

public sealed class NaturalFrequenciesTests
{
    [Fact]
    public void Of100_CommonOutcome_AddsUpToAHundred()
    {
        NaturalFrequencies of = NaturalFrequencies.Of100(ConfusionCounts.OfTwo("no", "yes", 27, 7, 5, 22))!;
        Assert.Equal(new NaturalFrequencies(100, 36, 12, 8, 44), of);
        Assert.Equal(100, of.Flagged + of.NotFlagged);
        Assert.Equal(44, of.WithOutcome);
    }

    [Theory]
    [InlineData(7382, 1486, 43, 89, 1000)]
    [InlineData(99_900, 50, 20, 30, 10_000)]
    [InlineData(50, 0, 0, 0, 100)]
    public void Of100_RareOutcome_TakesMore(int tn, int fp, int fn, int tp, int expected)
    {
        NaturalFrequencies of = NaturalFrequencies.Of100(ConfusionCounts.OfTwo("no", "yes", tn, fp, fn, tp))!;
        Assert.Equal(expected, of.Of);
        Assert.Equal(expected, of.Flagged + of.NotFlagged);
    }

    [Fact]
    public void Of100_NotTwoClassesOrNoRows_IsNull()
    {
        Assert.Null(NaturalFrequencies.Of100(null));
        Assert.Null(NaturalFrequencies.Of100(ConfusionCounts.OfTwo("no", "yes", 0, 0, 0, 0)));
        Assert.Null(NaturalFrequencies.Of100(new ConfusionCounts(["a", "b", "c"], [[1, 0, 0], [0, 1, 0], [0, 0, 1]])));
    }

    [Fact]
    public void Apportioned_EqualRemainders_GoToTheFirst() => Assert.Equal([34, 33, 33], NaturalFrequencies.Apportioned([1, 1, 1], 100));
}
