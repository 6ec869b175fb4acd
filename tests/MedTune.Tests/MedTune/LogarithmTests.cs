using System.Globalization;
using System.Text;
using MedTune.Columns;
using MedTune.Data;
using MedTune.Modalities.Tabular;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Long-tailed columns by their logarithm: found on training rows, written into the graph, explained.</summary>
public sealed class LogarithmTests
{
    private const int Rows = 240;

    [Fact]
    public void Measure_Columns_FindsTheLongTails()
    {
        var space = FeatureSpace.Measure(Data(), [.. Enumerable.Range(0, Rows)]);
        Assert.Equal("enzyme count", string.Join(' ', space.Columns.Where(column => column.IsLongTailed).Select(column => column.Name)));
        Assert.Equal(1, space.Columns.Single(column => column.Name == "count").LogFloor);
        Assert.False(space.HasLogarithms);
        Assert.True(space.ForLogarithms().HasLogarithms);
    }

    [Fact]
    public void ForLogarithms_Enzyme_IsStandardisedAndBelowTheFloorStaysFinite()
    {
        var data = Data();
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var measured = FeatureSpace.Measure(data, rows);
        var space = measured.ForLogarithms();
        var features = space.Samples.Inputs[ColumnPreprocessing.Features];
        float[] values = [.. features.Values<float>()];
        int width = features.Shape[1];
        var enzyme = measured.Columns[1];
        for (int row = 0; row < Rows; row++)
        {
            var column = (NumberColumn)data.Dataset.Features.Single(each => each.Name == "enzyme");
            double raw = double.IsNaN(column.Values[row]) ? enzyme.Fill : column.Values[row];
            double wanted = (Math.Log(Math.Max(raw, enzyme.LogFloor)) - enzyme.LogMean) / enzyme.LogDeviation;
            Assert.Equal(wanted, values[(row * width) + 1], 1e-5);
        }

        Assert.InRange(Enumerable.Range(0, Rows).Average(row => values[(row * width) + 1]), -1e-4, 1e-4);
    }

    [Fact]
    public void Create_ModelWithLogarithms_AnswersAndExplainsAnyValue()
    {
        var data = Data();
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var candidate = new LogisticCandidate([1], 2, logarithms: true);
        var set = new FitSet(FitSet.FinalKey, rows, rows, 0);
        var runner = new FitRunner(data, FitJournal.InMemory(), 0, 1, (_, _) => { });
        var space = runner.Measure(set);
        var head = runner.Fit(set, space, candidate, 0, CancellationToken.None);
        var score = new CandidateScore(0, 0, MarginCalibration.None, [], [], []);
        var model = FinalModel.Create(Plan.For(data.Dataset), data, candidate, new Choice(score, [score], 0.5), head, space, rows).File;
        Assert.Contains(model.Manifest.Head.Terms, term => term.Label == "log2 of enzyme" && term.Scale > 0);

        var inputs = new RawInputs(4);
        inputs.Add("age", [50f, 50f, 50f, 50f]);
        inputs.Add("enzyme", [40f, 0f, -3f, float.NaN]);
        inputs.Add("count", [0f, 1f, 100f, float.NaN]);
        using var explainer = new Explainer(model);
        var explanations = explainer.Explain(inputs, [0, 1, 2, 3]);
        for (int i = 0; i < 4; i++)
        {
            double chance = explanations[i].Answer.Probabilities[1];
            double margin = explanations[i].ReferenceLogOdds + explanations[i].Contributions.Sum(each => each.LogOdds);
            Assert.Equal(Math.Log(chance / (1 - chance)), margin, 3);
        }
    }

    private static TabularData Data()
    {
        var text = new StringBuilder("age,enzyme,count,outcome\n");
        for (int i = 0; i < Rows; i++)
        {
            var random = new Philox(80, RandomPurpose.Bootstrap, (ulong)i);
            double tall = random.Normal(0);
            string enzyme = random.Uniform(20) < 0.1 ? "" : DoubleMath.Exp(3.5 + (1.2 * tall)).ToString("0.##", CultureInfo.InvariantCulture);
            int count = random.Uniform(21) < 0.8 ? 0 : 1 + (int)DoubleMath.Exp(4 * random.Uniform(22));
            text.Append(CultureInfo.InvariantCulture, $"{50 + (10 * random.Normal(30)):0.#},{enzyme},{count},{(random.Uniform(40) < DoubleMath.Sigmoid(tall) ? "yes" : "no")}\n");
        }

        using var folder = new TemporaryFolder();
        var dataset = Dataset.FromCsv(folder.Write("long.csv", text.ToString()), "outcome");
        return TabularData.For(dataset, Plan.For(dataset).Columns);
    }
}
