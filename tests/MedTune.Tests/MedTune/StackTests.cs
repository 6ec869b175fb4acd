using MedTune.Modalities.Tabular;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Several models in one graph answer the weighted mean of what they answer alone.</summary>
public sealed class StackTests
{
    [Fact]
    public void Join_FourKindsOfModel_GivesTheWeightedMeanOfTheirCalibratedMargins()
    {
        var dataset = Cohort.Dataset(90, seed: 12);
        var data = TabularData.For(dataset, Plan.For(dataset).Columns);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        using var journal = FitJournal.InMemory();
        var runner = new FitRunner(data, journal, 3, 1, (_, _) => { });
        var set = new FitSet(FitSet.FinalKey, rows, rows, 0);
        var space = runner.Measure(set);
        var calibration = new MarginCalibration("platt", 0.8, 0.1);
        Candidate[] members =
        [
            new BoostingCandidate(2, rows.Length, 3), new LogisticCandidate([1], 2),
            new PerceptronCandidate([4], new StochasticOptions { Epochs = 2 }, 2, 3), new ForestCandidate(2, rows.Length, 3),
        ];
        double[] weights = [0.4, 0.3, 0.1, 0.2];
        MarginCalibration[] calibrations = [calibration, MarginCalibration.None, calibration, MarginCalibration.None];
        var heads = members.Select(member => runner.Fit(set, space, member, 0, CancellationToken.None)).ToArray();

        var joined = StackCandidate.Join([.. heads.Zip(calibrations, weights)]);

        float[] Alone(int member)
        {
            var samples = members[member].Space(space).Samples;
            return calibrations[member].Apply(HeadScores.Of(heads[member].FromSamples(samples), heads[member].Margin, samples, rows));
        }

        using var whole = new GraphRunner(joined.Graph, [joined.Margin]);
        float[] expected = StackWeights.Combine([Alone(0), Alone(1), Alone(2), Alone(3)], weights);
        float[] found = whole.Run(data.Inputs)[joined.Margin].Values<float>().ToArray();
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(dataset.Features.Length, joined.Graph.Inputs.Length);
    }

    [Fact]
    public void Score_OneMemberThatKnowsAndOneThatDoesNot_GivesTheFirstAllWeight()
    {
        int[] classes = [0, 1, 0, 1, 0, 1];
        float[] good = [-2, 2, -2, 2, -2, 2];
        float[] bad = [3, -3, 3, -3, 3, -3];
        CandidateScore Of(int index, float[] margins) => new(index, 0, MarginCalibration.None, [0], margins, [0]);

        var stack = new StackCandidate("stack", [new ForestCandidate(2, 6, 1), new ForestCandidate(2, 6, 2)]).Score([Of(0, good), Of(1, bad)], classes);

        Assert.True(stack.Weights[0] > 0.8);
        Assert.Equal(1, stack.Weights.Sum(), 1e-12);
    }

    [Fact]
    public void Combine_AMemberThatDoesNotCountAndIsInfinite_IsLeftOut() =>
        Assert.Equal([1f, -2f], StackWeights.Combine([[2, -4], [float.PositiveInfinity, float.NaN]], [0.5, 0]));

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
