using MedTune.Modalities.Tabular;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Tests.Prediction;

/// <summary>A stack is explained by the weighted sum of its members' contributions where every member can be explained exactly.</summary>
public sealed class ExactContributionsTests
{
    private static readonly double[] Weights = [0.6, 0.4];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Explain_StackOfTreesAndRegression_IsTheWeightedSumOfItsMembers(int classes)
    {
        var (models, data) = Models(classes, new LogisticCandidate([1], classes));
        using var stack = ExactContributions.For(models[2])!;
        using var trees = ExactContributions.For(models[0])!;
        using var regression = new SampledShapley(models[1]);
        Assert.Contains("exact: ", stack.Description, StringComparison.Ordinal);
        for (int row = 0; row < 10; row++)
        {
            var sample = data.Inputs.Select([row]);
            int ofClass = classes == 2 ? -1 : row % classes;
            var (reference, parts) = stack.Explain(sample, ofClass);
            var (treeReference, treeParts) = trees.Explain(sample, ofClass);
            var (regressionReference, regressionParts) = regression.Explain(sample, ofClass);
            for (int column = 0; column < parts.Length; column++)
            {
                Assert.Equal((0.8 * Weights[0] * treeParts[column]) + (Weights[1] * regressionParts[column]), parts[column], 1e-4);
            }

            double shift = classes == 2 ? 0.1 * Weights[0] : 0;
            Assert.Equal((0.8 * Weights[0] * treeReference) + (Weights[1] * regressionReference) + shift, reference, 1e-4);
        }

        using var explainer = new Explainer(models[2]);
        Assert.Equal(stack.Description, explainer.Explain(new Dictionary<string, string>()).Method);
    }

    [Fact]
    public void For_RegressionWithoutItsTerms_IsExactToo()
    {
        var (models, _) = Models(2, new LogisticCandidate([1], 2));
        using var method = ExactContributions.For(models[1]);
        Assert.Contains("column by column", method!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void For_StackWithANetworkOrAForest_IsNull()
    {
        Assert.Null(ExactContributions.For(Models(2, new PerceptronCandidate([4], new StochasticOptions { Epochs = 2 }, 2, 3)).Models[2]));
        Assert.Null(ExactContributions.For(Models(2, new ForestCandidate(2, 90, 3)).Models[2]));
    }

    /// <summary>Boosting, another candidate, and the stack of both.</summary>
    private static (ModelFile[] Models, TabularData Data) Models(int classes, Candidate other)
    {
        var dataset = Cohort.Dataset(90, seed: 12, classes: classes);
        var data = TabularData.For(dataset, Plan.For(dataset).Columns);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        using var journal = FitJournal.InMemory();
        var runner = new FitRunner(data, journal, 3, 1, (_, _) => { });
        var set = new FitSet(FitSet.FinalKey, rows, rows, 0);
        var space = runner.Measure(set);
        Candidate[] members = [new BoostingCandidate(classes, rows.Length, 3), other];
        MarginCalibration[] calibrations = [new("platt", 0.8, classes == 2 ? 0.1 : 0), MarginCalibration.None];
        var heads = members.Select(member => runner.Fit(set, space, member, 0, CancellationToken.None)).ToArray();
        TabularHead[] all = [.. heads, StackCandidate.Join([.. heads.Zip(calibrations, Weights)])];
        return ([.. all.Select(head => FileOf(head, data, space))], data);
    }

    private static ModelFile FileOf(TabularHead head, TabularData data, FeatureSpace space)
    {
        var (graph, calibrated) = TabularModel.Assemble(head, MarginCalibration.None, data.ClassCount);
        return ModelFile.Create(
            graph,
            new Manifest
            {
                Version = "test",
                NumericsProfile = 1,
                Task = data.ClassCount == 2 ? "binary" : "multiclass",
                ModelKind = "test",
                Target = "outcome",
                Classes = data.ClassNames,
                Columns = TabularModel.Columns(space.Columns),
                MissingMarkers = [],
                Threshold = data.ClassCount == 2 ? 0.5 : null,
                TrainingSamples = data.Rows,
                TrainingClassCounts = [.. Enumerable.Range(0, data.ClassCount).Select(k => data.Classes.Count(own => own == k))],
                DataDigest = "",
                Seed = 3,
                Head = new ManifestHead { Margin = head.Margin, CalibratedMargin = calibrated, Features = head.Features, Parameters = [], Intercept = head.Intercept },
            },
            []);
    }
}
