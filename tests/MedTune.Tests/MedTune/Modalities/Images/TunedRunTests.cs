using MedTune.Data;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>Runs whose fine-tuning is set otherwise: kept forms of pictures, heads that learn from changed ones, and descent.</summary>
public sealed class TunedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tune_LastPartByDescent_SameForAnyThreadsAndVerified()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 120)) with { Tune = ["last-blocks=1", "optimizer=sgd", "variants=2"], Augmentation = "chest-x-ray" };

        var one = await Runs.TrainAsync(request with { Threads = 1 }, _folder["one"]);
        var two = await Runs.TrainAsync(request with { Threads = 2 }, _folder["two"]);

        Assert.Equal(one.Record.Digests, two.Record.Digests);
        Assert.True((await Runs.VerifyAsync(_folder["one"], threads: 2)).IsEqual);
        Assert.Equal(("sgd", 2), (one.Run.Plan.Images!.Recipe.Optimizer, one.Run.Plan.Images.Recipe.Variants));
        Assert.Contains(one.Run.Events, happened => happened.Step == "epochs" && happened.Detail.Contains("was kept for 2 forms", StringComparison.Ordinal));
        Assert.Contains("\"epochs\"", await File.ReadAllTextAsync(Path.Combine(_folder["one"], "log.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tune_HeadVariants_LearnsFromThemAndAnswersThePictureAsItIs()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 120)) with { Models = ["frozen"], Augmentation = "chest-x-ray" };

        var usual = (await Runs.TrainAsync(request, _folder["usual"])).Run;
        var more = await Runs.TrainAsync(request with { Tune = ["head-variants=3"], Threads = 2 }, _folder["more"]);
        var again = await Runs.TrainAsync(request with { Tune = ["head-variants=3"], Threads = 1 }, _folder["again"]);

        Assert.NotEqual(usual.Model.Digest, more.Run.Model.Digest);
        Assert.Equal(more.Record.Digests, again.Record.Digests);
        Assert.Contains(again.Run.Events, happened => happened.Step == "features" && happened.Detail.EndsWith("120 pictures were known, in 3 forms", StringComparison.Ordinal));
        Assert.InRange(more.Run.Metrics.OutOfFold.Auroc.Value, 0.8, 1);
    }

    private TrainingRequest Request(string archive) => new()
    {
        DataPath = archive,
        Data = new DatasetOptions(),
        Network = MadeArchive.Network(_folder["tiny.onnx"]),
        Side = 32,
        Epochs = 2,
        Seed = 3,
        TimeLimit = TimeSpan.FromMinutes(10),
    };
}
