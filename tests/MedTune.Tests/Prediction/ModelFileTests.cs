using System.Text;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests.Prediction;

public sealed class ModelFileTests
{
    [Fact]
    public async Task SaveAndLoad_AModel_GivesTheSameBytesAndAnswers()
    {
        var cohort = Cohort.Dataset(120, seed: 1);
        var run = await Experiment.RunAsync(Cohort.Quick(cohort), cohort);
        using var folder = new TemporaryFolder();
        string path = folder["model.onnx"];
        run.Model.Save(path);
        var loaded = ModelFile.Load(path);
        Assert.Equal(run.Model.Digest, loaded.Digest);
        Assert.False(File.Exists(path + ".tmp"));
        using var before = new Predictor(run.Model);
        using var after = new Predictor(loaded);
        var expected = before.Predict(cohort.Table);
        var found = after.Predict(cohort.Table);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Probabilities.AsSpan(), found[i].Probabilities.AsSpan());
        }
    }

    [Fact]
    public void Load_MissingFile_SaysSo() =>
        Assert.Contains("There is no model file", Refused(() => ModelFile.Load("/nowhere/model.onnx")), StringComparison.Ordinal);

    [Fact]
    public void FromBytes_NoOnnx_SaysSo() => Refused(() => ModelFile.FromBytes(Encoding.UTF8.GetBytes("this is a letter, not a model")));

    [Fact]
    public void FromBytes_OnnxOfSomebodyElse_SaysThatTheManifestIsMissing()
    {
        var builder = new GraphBuilder("other");
        var x = builder.Input("x", ElementType.Float, Dimension.Batch, 1);
        builder.Output(builder.Append("Sigmoid", [x]), "y");
        Assert.Contains("without MedTune's manifest", Refused(() => ModelFile.FromBytes(OnnxFile.ToBytes(builder.Build()))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromBytes_ManifestOfAnotherGraph_IsRefused()
    {
        var cohort = Cohort.Dataset(120, seed: 1);
        var run = await Experiment.RunAsync(Cohort.Quick(cohort) with { Models = ["logistic"] }, cohort);
        string json = run.Model.Graph.Metadata[Manifest.MetadataKey];
        foreach (string changed in new[]
        {
            json.Replace("\"age\"", "\"other\"", StringComparison.Ordinal),
            json.Replace("\"binary\"", "\"ternary\"", StringComparison.Ordinal),
            json.Replace("\"weights\"", "\"weight\"", StringComparison.Ordinal),
            json[..(json.Length / 2)],
            "{}",
        })
        {
            var graph = run.Model.Graph.WithMetadata(Manifest.MetadataKey, changed);
            Refused(() => ModelFile.FromBytes(OnnxFile.ToBytes(graph)));
        }
    }

    [Fact]
    public async Task FromBytes_DamagedAnywhere_IsRefusedOrStillAModel()
    {
        var cohort = Cohort.Dataset(80, seed: 1);
        var run = await Experiment.RunAsync(Cohort.Quick(cohort) with { Models = ["logistic"] }, cohort);
        byte[] bytes = OnnxFile.ToBytes(run.Model.Graph);
        var random = new Philox(8, RandomPurpose.Search, 0);
        for (int trial = 0; trial < 1500; trial++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Below(bytes.Length, (ulong)(2 * trial))] ^= (byte)(1 << random.Below(8, (ulong)((2 * trial) + 1)));
            try
            {
                ModelFile.FromBytes(damaged);
            }
            catch (ModelFileException)
            {
                // Refused with a sentence: what a damaged file deserves.
            }
        }
    }

    private static string Refused(Action action) => Assert.Throws<ModelFileException>(action).Message;
}
