using MedTune.Modalities.Images;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Fine-tuning of the last part of a network on what is kept of the part before.</summary>
public sealed class KeptVariantsTests
{
    private static readonly FineTuningOptions Last = new TuningCase().Options with { LastBlocks = 1, Augmentation = "chest-x-ray", Epochs = 6, Variants = 2 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fit_PicturesThatDoNotChange_GivesWhatTheWholeNetworkGives(int blocks)
    {
        var options = Last with { LastBlocks = blocks, Augmentation = "none" };
        var kept = new TuningCase { Options = options }.Fit();
        var whole = new TuningCase { Options = options with { Variants = 0 } }.Fit();

        Assert.True(kept.IsLastPart);
        Assert.False(whole.IsLastPart);
        Assert.Equal(whole.Epochs, kept.Epochs);
        Assert.All(whole.History.Zip(kept.History), pair => Assert.Equal(pair.First.CheckedLoss, pair.Second.CheckedLoss, 1e-4));
        Assert.All(TuningCase.Weights(whole).Zip(TuningCase.Weights(kept)), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        Assert.NotEqual(kept.History[0].CheckedLoss, kept.History[^1].CheckedLoss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fit_Variants_AreComputedOnceEach(int variants)
    {
        using var folder = new TemporaryFolder();
        new TuningCase { Options = Last with { Variants = variants, LastBlocks = 0, KeptFolder = folder.Path } }.Fit();

        const int header = 52, checks = 48;
        int record = checks + (sizeof(float) * TuningCase.Backbone.Width);
        Assert.Equal(header + (43 * variants * record), new FileInfo(Assert.Single(Directory.GetFiles(folder.Path))).Length);
    }

    [Fact]
    public void Fit_AnyNumberOfThreadsOrWithAFolder_GivesTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var alone = new TuningCase { Options = Last }.Fit();
        var together = new TuningCase { Options = Last with { KeptFolder = folder.Path }, Threads = 3 }.Fit();
        string file = Assert.Single(Directory.GetFiles(folder.Path));
        byte[] kept = File.ReadAllBytes(file);
        var again = new TuningCase { Options = Last with { KeptFolder = folder.Path } }.Fit();

        Assert.Equal(kept, File.ReadAllBytes(file));
        Assert.Equal(TuningCase.Weights(alone), TuningCase.Weights(together));
        Assert.Equal(TuningCase.Weights(alone), TuningCase.Weights(again));
    }

    [Fact]
    public void Fit_FolderThatIsNone_KeepsInMemory()
    {
        using var folder = new TemporaryFolder();
        var result = new TuningCase { Options = Last with { KeptFolder = Path.Combine(folder.Path, "missing") } }.Fit();

        Assert.True(result.IsLastPart);
        Assert.Equal(TuningCase.Weights(new TuningCase { Options = Last }.Fit()), TuningCase.Weights(result));
    }

    [Fact]
    public void Fit_StoppedAndGoneOn_GivesTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var options = Last with { AdapterRank = 2, PrefersHardExamples = true, UnfreezingEpochs = 2, Averaging = 0.9, Optimizer = FineTuningRecipe.Sgd };
        var whole = new TuningCase { Options = options }.Fit();
        new TuningCase { Options = options, Checkpoint = new FitProgressFile(folder.Path, "a"), Time = 3 }.Fit();
        var goneOn = new TuningCase { Options = options, Checkpoint = new FitProgressFile(folder.Path, "a") }.Fit();

        Assert.True(whole.IsLastPart);
        Assert.Equal(TuningCase.Weights(whole), TuningCase.Weights(goneOn));
        Assert.Equal(whole.Dynamics.Of(5), goneOn.Dynamics.Of(5));
    }

    [Fact]
    public void Fit_MixedOrGrowingOrWholeNetwork_IsChangedAnew()
    {
        FineTuningOptions[] all = [Last with { Mixup = 0.5 }, Last with { FirstSide = 0.5 }, Last with { LastBlocks = null }, Last with { LastBlocks = 100 }];

        Assert.All(all, options => Assert.False(new TuningCase { Options = options with { Epochs = 2 } }.Fit().IsLastPart));
    }

    [Fact]
    public void Fit_Descent_LearnsOtherwiseThanAdamW()
    {
        var usual = new TuningCase().Options;
        var descent = new TuningCase { Options = usual with { Optimizer = FineTuningRecipe.Sgd, Rate = 0.1, WeightDecay = 0 } }.Fit();
        var plain = new TuningCase { Options = usual with { Rate = 0.1, WeightDecay = 0 } }.Fit();

        Assert.InRange(descent.History[descent.BestEpoch].CheckedLoss, 0, 0.7 * descent.History[0].CheckedLoss);
        Assert.NotEqual(plain.History[1].TrainedLoss, descent.History[1].TrainedLoss);
    }
}
