using System.Globalization;
using MedTune.Modalities.Tabular;
using MedTune.Training;

namespace MedTune.Tests;

public sealed class SettingLotTests
{
    [Fact]
    public void Scale_ManyDraws_FillsTheDecadesEvenly()
    {
        double[] drawn = [.. Enumerable.Range(0, 3000).Select(draw => new SettingLot(1, 9, draw).Scale(0.01, 10))];
        Assert.All(drawn, value => Assert.InRange(value, 0.01, 10));
        foreach (double low in new[] { 0.01, 0.1, 1 })
        {
            Assert.InRange(drawn.Count(value => value >= low && value < 10 * low), 900, 1100);
        }
    }

    [Fact]
    public void Scale_AnyDraw_IsWhatIsPrintedOfIt()
    {
        for (int draw = 0; draw < 200; draw++)
        {
            double value = new SettingLot(2, 9, draw).Scale(0.0005, 3000);
            Assert.Equal(value, double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Whole_ManyDraws_GivesBothEnds()
    {
        var drawn = Enumerable.Range(0, 500).Select(draw => new SettingLot(3, 9, draw).Whole(1, 8)).ToHashSet();
        Assert.Equal(Enumerable.Range(1, 8), drawn.Order());
    }

    [Fact]
    public void Drawn_SameSeedAndDraw_IsTheSameSettingAndOthersAreNot()
    {
        foreach (var candidate in new Candidate[]
        {
            new LogisticCandidate([1], 2), new BoostingCandidate(2, 300, 0), new ForestCandidate(2, 300, 0),
            new PerceptronCandidate([32], new StochasticOptions(), 2, 0),
        })
        {
            string Of(ulong seed, int draw) => Assert.Single(candidate.Drawn(seed, draw)!.Settings);
            Assert.Equal(Of(5, 3), Of(5, 3));
            Assert.NotEqual(Of(5, 3), Of(5, 4));
            Assert.NotEqual(Of(5, 3), Of(6, 3));
            Assert.NotEqual(candidate.Key, candidate.Drawn(5, 0)!.Key);
            Assert.NotEqual(candidate.Drawn(5, 1)!.Key, candidate.Drawn(5, 0)!.Key);
        }
    }

    [Theory]
    [InlineData(300, 0.05)]
    [InlineData(9000, 0.1)]
    public void Settings_OfBoosting_LeaveRareOutcomesTheirLeaves(int samples, double rate)
    {
        var candidate = new BoostingCandidate(2, samples, 0);
        Assert.Equal("depth 1, depth 2, depth 4", string.Join(", ", candidate.Settings));
        Assert.Contains(KeyValuePair.Create("child weight", 1.0), candidate.Values(2).Pairs);
        Assert.Contains(KeyValuePair.Create("learning rate", rate), candidate.Values(2).Pairs);
    }
}
