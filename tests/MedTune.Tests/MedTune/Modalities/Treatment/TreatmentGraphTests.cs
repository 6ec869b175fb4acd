using System.Globalization;
using MedTune.Data;
using MedTune.Modalities.Treatment;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests.Modalities.Treatment;

/// <summary>The graph of a treatment model says what the model says.</summary>
public sealed class TreatmentGraphTests
{
    [Theory]
    [InlineData(2, true, false)]
    [InlineData(2, false, false)]
    [InlineData(3, false, false)]
    [InlineData(3, false, true)]
    public void ToGraph_RawColumns_AnswersAsTheModelDoes(int arms, bool isObservational, bool isEstimated)
    {
        var trial = MadeTrial.Make(500, 21, 2, arms, isObservational);
        using var folder = new TemporaryFolder();
        string path = folder.Write("trial.csv", Text(trial.Samples));
        var said = new TreatmentColumns("arm", "score") { Propensity = isObservational || isEstimated ? null : 1.0 / arms };
        var data = TreatmentData.From(TableReader.Read(path), said, new DatasetOptions { ChecksLeaks = false });
        var (samples, columns) = data.Measure(data.Rows);
        var model = TreatmentModel.Fit(new TreatmentTask(samples, data.Rows, 3, TaskPool.Sequential), keepsOthers: !isEstimated);
        int[] rows = data.Rows;

        Assert.NotEqual(TreatmentModel.Alike, model.Chosen);
        using var runner = new GraphRunner(
            model.ToGraph(columns), TreatmentModel.OutcomesOutput, TreatmentModel.EffectsOutput, TreatmentModel.PropensitiesOutput, TreatmentModel.InsideOutput);
        var answers = runner.Run(data.Inputs);
        Near(model.Outcomes(rows), answers[TreatmentModel.OutcomesOutput]);
        Near(model.Effects(rows), answers[TreatmentModel.EffectsOutput]);
        Near(model.Propensities.Predict(rows), answers[TreatmentModel.PropensitiesOutput]);
        Near([.. model.Propensities.PredictOutside(rows).Select(isOutside => isOutside ? 0.0 : 1)], answers[TreatmentModel.InsideOutput]);

        // The learners that were not chosen have graphs too.
        foreach (var (name, other) in model.Others)
        {
            var builder = Graphs(columns, out var features);
            builder.Output(other.Append(builder, features, model.Propensities.Append(builder, features)), "effects-of-one");
            using var single = new GraphRunner(builder.Build(), "effects-of-one");
            Near(other.Effects(samples.Features, rows, model.Propensities.Predict(rows)), single.Run(data.Inputs)["effects-of-one"], name);
        }
    }

    private static MedTune.Graphs.GraphBuilder Graphs(MedTune.Graphs.Graph columns, out MedTune.Graphs.Value features)
    {
        var builder = MedTune.Graphs.GraphBuilder.From(columns);
        builder.ClearOutputs();
        features = builder["tree-features"];
        return builder;
    }

    private static void Near(double[] expected, Tensor actual, string what = "")
    {
        float[] values = [.. actual.Values<float>()];
        Assert.Equal(expected.Length, values.Length);
        double largest = expected.Zip(values, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a))).Max();
        Assert.True(largest < 1e-5, $"{what} differs by {largest}");
    }

    private static string Text(TreatmentSamples samples) => "arm,score,first,second,third,site\n" + string.Concat(Enumerable.Range(0, samples.Count).Select(row =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{samples.Arms[row]},{samples.Outcomes[row]:R},{samples.Features.Values[4 * row]:R},{samples.Features.Values[(4 * row) + 1]:R},{samples.Features.Values[(4 * row) + 2]:R},{"abc"[(int)samples.Features.Values[(4 * row) + 3]]}\n")));
}
