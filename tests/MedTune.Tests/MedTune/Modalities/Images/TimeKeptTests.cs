using MedTune.Data;
using MedTune.Modalities.Images;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>What is left out where the time is short, and that a plan which says so needs no clock.</summary>
public sealed class TimeKeptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TimeLimit_OfNothing_KeepsEvidenceShortAndTheSameAgain()
    {
        // Three classes, so that there are three cases to show and more.
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 300, classes: 3)) with { Models = ["fine-tuned"], Epochs = 1, Threads = 2, TimeLimit = TimeSpan.Zero };

        var first = (await Runs.TrainAsync(request, _folder["first"])).Run;
        var again = (await Runs.TrainAsync(request with { PlanPath = Path.Combine(_folder["first"], "plan.json"), TimeLimit = TimeSpan.FromHours(1) }, _folder["again"])).Run;

        Assert.Equal(2, first.Plan.Images!.CasesInTime);
        Assert.Equal(2, first.Images!.Shown.Length + first.Images.WorstErrors.Length);
        Assert.Equal(Cut(first), Cut(again));
        Assert.Equal(first.Images.Shown.Select(shown => shown.Nearest[0].Similarity), again.Images!.Shown.Select(shown => shown.Nearest[0].Similarity));
        Assert.Equal(first.Model.Digest, again.Model.Digest);

        static (int?, int?, int?, int?) Cut(Run run) => (run.Plan.Images!.FoldsInTime, run.Plan.Images.RobustnessInTime, run.Plan.Images.NearestInTime, run.Plan.Images.CasesInTime);
    }

    [Fact]
    public async Task Plan_WithFewerPicturesForHeads_IsFollowedWithoutAClock()
    {
        var request = Request(MadeArchive.Write(_folder["stripes.npz"], 180)) with { Models = ["frozen"], Threads = 2 };
        await Runs.TrainAsync(request, _folder["whole"]);
        string plan = File.ReadAllText(Path.Combine(_folder["whole"], "plan.json"));
        string cut = plan.Replace("\"head_pictures_in_time\": null", "\"head_pictures_in_time\": 2000", StringComparison.Ordinal);
        Assert.NotEqual(plan, cut);

        var run = (await Runs.TrainAsync(request with { PlanPath = _folder.Write("cut.json", cut), TimeLimit = TimeSpan.Zero }, _folder["run"])).Run;
        var refused = request with { PlanPath = _folder.Write("few.json", cut.Replace(": 2000", ": 20", StringComparison.Ordinal)) };

        Assert.Equal(2000, run.Plan.Images!.HeadPicturesInTime);
        Assert.Null(run.Plan.Images.RobustnessInTime);
        Assert.Contains("heads in time", (await Assert.ThrowsAsync<PlanException>(() => Runs.TrainAsync(refused, _folder["refused"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HeadPace_Drawn_KeepsSharesAndTheRare()
    {
        int[] classes = [.. Enumerable.Range(0, 10_000).Select(i => i % 100 == 0 ? i % 1000 == 0 ? 2 : 1 : 0)];

        int[] drawn = HeadPace.Drawn(classes, 2000, 3);

        Assert.Equal([10, 90, 1980], new[] { 2, 1, 0 }.Select(kind => drawn.Count(row => classes[row] == kind)));
        Assert.Equal(drawn.Distinct().Order(), drawn);
        Assert.Equal(drawn, HeadPace.Drawn(classes, 2000, 3));
        Assert.NotEqual(drawn, HeadPace.Drawn(classes, 2000, 4));
        Assert.Equal(10_000, HeadPace.Drawn(classes, 20_000, 3).Length);
    }

    [Fact]
    public void HeadChoice_OfFewerPictures_StillJudgesAll()
    {
        var random = new Philox(5, RandomPurpose.Search, 0);
        int[] classes = [.. Enumerable.Range(0, 600).Select(i => i % 2)];
        float[] values = [.. Enumerable.Range(0, 1200).Select(i => (float)random.Normal((ulong)i) + (i % 2 == 0 ? 2 * classes[i / 2] : 0))];
        var features = new ImageFeatureSet(600, 1, 2, values);
        int[] groups = [.. Enumerable.Range(0, 600)];

        var few = HeadChoice.Of(features, classes, 2, groups, 3, TaskPool.Sequential, null, default, 300);
        var all = HeadChoice.Of(features, classes, 2, groups, 3, TaskPool.Sequential, null, default);

        Assert.Equal(600, few.OutOfFold.Length);
        Assert.NotEqual(all.Margins.Weights, few.Margins.Weights);
        Assert.InRange(few.OutOfFold.Where((margin, i) => margin > 0 == (classes[i] == 1)).Count(), 450, 600);
    }

    [Fact]
    public void Views_TurnedForANetworkThatIsNotSquare_AreRefusedBeforeTraining()
    {
        var images = new ImagePlan { Views = ["turned"], NetworkInput = MadePictures.Colours with { Height = 32, Width = 48 } };
        var plan = new Plan { Modality = Plan.ImageModality, Models = [Plan.FineTunedModel], Images = images };

        Assert.Contains("'turned'", Assert.Throws<PlanException>(() => PlanCheck.Throw(plan)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'turned'", Assert.ThrowsAny<Exception>(() => PlanCheck.Throw(plan with { Folds = 1, Images = images with { Side = 64 } })).Message, StringComparison.Ordinal);
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
