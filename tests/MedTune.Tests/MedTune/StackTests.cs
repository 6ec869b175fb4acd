using MedTune.Modalities.Tabular;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Several models in one graph answer the weighted mean of what they answer alone.</summary>
public sealed class StackTests
{
    [Fact]
    public void Join_TwoKindsOfModel_GivesTheWeightedMeanOfTheirCalibratedMargins()
    {
        var dataset = Cohort.Dataset(90, seed: 12);
        var data = TabularData.For(dataset, Plan.For(dataset).Columns);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        using var journal = FitJournal.InMemory();
        var runner = new FitRunner(data, journal, 3, 1, (_, _) => { });
        var set = new FitSet(FitSet.FinalKey, rows, rows, 0);
        var calibration = new MarginCalibration("platt", 0.8, 0.1);
        var (linear, space, _) = runner.Fit(set, new LogisticCandidate([1], 2), 0, CancellationToken.None);
        var (network, _, _) = runner.Fit(set, new PerceptronCandidate([4], new StochasticOptions { Epochs = 2 }, 2, 3), 0, CancellationToken.None);

        var joined = StackCandidate.Join(space, [(linear, MarginCalibration.None, 0.7), (network, calibration, 0.3)]);

        float[] Margins(TabularHead head) => HeadScores.Of(head.FromSamples(space.Samples), head.Margin, space.Samples, rows);
        float[] expected = StackCandidate.Combine([Margins(linear), calibration.Apply(Margins(network))], [0.7, 0.3]);
        float[] found = Margins(joined);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(linear.Parameters.Length + network.Parameters.Length + 1, joined.Parameters.Length);
    }

    [Fact]
    public void Score_OneMemberThatKnowsAndOneThatDoesNot_GivesTheFirstAllWeight()
    {
        int[] classes = [0, 1, 0, 1, 0, 1];
        float[] good = [-2, 2, -2, 2, -2, 2];
        float[] bad = [3, -3, 3, -3, 3, -3];
        CandidateScore Of(int index, float[] margins) => new(index, 0, MarginCalibration.None, [0], margins, [0]);

        var stack = StackCandidate.Score(2, [Of(0, good), Of(1, bad)], classes);

        Assert.Equal(new[] { 1.0, 0.0 }, stack.Weights.ToArray());
        Assert.Equal(good, stack.Margins);
    }

    [Fact]
    public async Task RunAsync_AModelMovedToTwentyPatients_MovesOnlyTheInterceptAndSaysSo()
    {
        var here = Cohort.Dataset(150, seed: 9);
        var there = Cohort.Dataset(20, seed: 21, shift: 2);
        var source = await Experiment.RunAsync(Cohort.Quick(here) with { Models = ["logistic"] }, here);

        var moved = await Experiment.RunAsync(
            Plan.For(there) with { From = source.Model }, there, new ExperimentOptions { Test = Cohort.Dataset(60, seed: 22, shift: 2) });

        Assert.Contains(moved.Model.Manifest.Parent!.Adaptation, new[] { "as is", "new intercept" });
        Assert.Contains(moved.Events, happened => happened.Step == "few patients");
        Assert.All(moved.Parts[1].Predictions, prediction => Assert.InRange(prediction.Probabilities[1], 0, 1));
    }
}
