using MedTune.Data;
using MedTune.Modalities.Images;
using MedTune.Tensors;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Fine-tuning of a tiny network: it learns, gives the same bits however it is run, and moves what it is told to move.</summary>
public sealed class ImageFineTuningTests
{
    private static readonly FineTuningOptions Everything = new()
    {
        Epochs = 4,
        Batch = 8,
        Rate = 0.01,
        Averaging = 0.9,
        Augmentation = "chest-x-ray",
        Mixup = 0.3,
        CutMix = 0.2,
        Smoothing = 0.1,
        BalancesClasses = true,
        PrefersHardExamples = true,
        UnfreezingEpochs = 2,
        FirstRate = 0.3,
        PullToStart = 0.001,
        Loss = FineTuningRecipe.Ldam,
        FirstSide = 0.5,
    };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_StripesThatDiffer_AreToldApartBetterThanBefore(int classes)
    {
        var result = new TuningCase { Classes = classes }.Fit();

        Assert.Equal(4, result.Epochs);
        Assert.Equal(5, result.History.Length);
        Assert.InRange(result.History[result.BestEpoch].CheckedLoss, 0, 0.7 * result.History[0].CheckedLoss);
        Assert.InRange(result.History[result.BestEpoch].CheckedAccuracy, 0.8, 1);
        Assert.Equal(4, result.Dynamics.Of(42).Epochs);
    }

    [Fact]
    public void Fit_Result_HasTheCheckedLossThroughTheModelFile()
    {
        var tuning = new TuningCase { Classes = 3 };
        var result = tuning.Fit();

        using var features = new ImageFeatures(result.Backbone, TaskPool.Sequential);
        float[] margins = result.Head.Of(features.Of(TuningCase.Count, tuning.Picture), [.. Enumerable.Range(43, 17)]);

        int[] classes = [.. Enumerable.Range(43, 17).Select(i => i % 3)];
        Assert.Equal(result.History[result.BestEpoch].CheckedLoss, PointwiseLoss.Mean(MarginCalibration.Fit(margins, classes).Apply(margins), classes), 1e-5);
        Assert.Equal(TuningCase.Backbone.Graph.Initializers.Keys.Order(), result.Backbone.Graph.Initializers.Keys.Order());
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        var alone = new TuningCase { Options = Everything }.Fit();
        var together = new TuningCase { Options = Everything, Threads = 3 }.Fit();

        Assert.Equal(alone.History.AsEnumerable(), together.History);
        Assert.Equal(TuningCase.Weights(alone), TuningCase.Weights(together));
    }

    [Fact]
    public void Fit_StoppedAndGoneOn_GivesTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var whole = new TuningCase { Options = Everything }.Fit();
        var stopped = new TuningCase { Options = Everything, Checkpoint = new FitProgressFile(folder.Path, "a"), Time = 2 }.Fit();
        var goneOn = new TuningCase { Options = Everything, Checkpoint = new FitProgressFile(folder.Path, "a") }.Fit();

        Assert.Equal(2, stopped.Epochs);
        Assert.Equal(whole.History.AsEnumerable(), goneOn.History);
        Assert.Equal(TuningCase.Weights(whole), TuningCase.Weights(goneOn));
        Assert.Equal(whole.Dynamics.Of(5), goneOn.Dynamics.Of(5));
    }

    [Fact]
    public void Fit_WithAdaptersStoppedAndGoneOn_GivesTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var options = Everything with { AdapterRank = 2, LastBlocks = 1 };
        var whole = new TuningCase { Options = options }.Fit();
        new TuningCase { Options = options, Checkpoint = new FitProgressFile(folder.Path, "a"), Time = 3 }.Fit();
        var goneOn = new TuningCase { Options = options, Checkpoint = new FitProgressFile(folder.Path, "a") }.Fit();

        Assert.Equal(TuningCase.Weights(whole), TuningCase.Weights(goneOn));
    }

    [Fact]
    public void Fit_HeadAlone_LeavesTheNetworkAsItWas()
    {
        var result = new TuningCase { Options = new TuningCase().Options with { LastBlocks = 0 } }.Fit();

        Assert.All(new[] { "first", "bias", "second" }, name => Assert.Equal(0, TuningCase.Moved(result, name)));
        Assert.NotEqual(0, result.BestEpoch);
    }

    [Fact]
    public void Fit_LastBlock_LeavesTheFirstAsItWas()
    {
        var result = new TuningCase { Options = new TuningCase().Options with { LastBlocks = 1 } }.Fit();

        Assert.Equal(0, TuningCase.Moved(result, "first"));
        Assert.NotEqual(0, TuningCase.Moved(result, "second"));
    }

    [Fact]
    public void Fit_SmallerFirstRate_MovesTheFirstBlockLess()
    {
        var even = new TuningCase().Fit();
        var uneven = new TuningCase { Options = new TuningCase().Options with { FirstRate = 0.01 } }.Fit();

        Assert.InRange(TuningCase.Moved(uneven, "first"), 1e-7f, 0.2f * TuningCase.Moved(even, "first"));
    }

    [Fact]
    public void Fit_Unfreezing_MovesTheHeadFirstAndTheFirstBlockLast()
    {
        FineTunedNetwork After(int epochs) => new TuningCase { Options = new TuningCase().Options with { UnfreezingEpochs = 2 }, Time = epochs }.Fit();
        float[] Moved(FineTunedNetwork network) => [TuningCase.Moved(network, "first"), TuningCase.Moved(network, "second")];

        var (one, two, three) = (After(1), After(2), After(3));

        Assert.Equal([1, 2, 3], new[] { one.BestEpoch, two.BestEpoch, three.BestEpoch });
        Assert.Equal([0, 0], Moved(one));
        Assert.True(Moved(two) is [0, > 0], "The second epoch moves the last block.");
        Assert.True(Moved(three) is [> 0, > 0], "The third epoch moves all.");
    }

    [Fact]
    public void Fit_Adapters_ChangeWeightsByFewDirections()
    {
        var result = new TuningCase { Options = new TuningCase().Options with { AdapterRank = 1, Rate = 0.03 } }.Fit();

        // A matrix of rank 1: every 2 x 2 minor of the difference vanishes.
        var (before, after) = (TuningCase.Backbone.Graph.Initializers["second"], result.Backbone.Graph.Initializers["second"]);
        float[] difference = [.. before.Values<float>().ToArray().Zip(after.Values<float>().ToArray(), (old, now) => now - old)];
        int columns = before.Shape.Length / before.Shape[0];
        Assert.NotEqual(0, TuningCase.Moved(result, "second"));
        float largest = difference.Max(Math.Abs);
        Assert.All(
            Enumerable.Range(0, difference.Length - columns - 1).Where(i => i % columns != columns - 1),
            i => Assert.InRange(Math.Abs((difference[i] * difference[i + columns + 1]) - (difference[i + 1] * difference[i + columns])), 0, 1e-5f * largest));
        Assert.InRange(result.History[result.BestEpoch].CheckedLoss, 0, 0.8 * result.History[0].CheckedLoss);
    }

    [Fact]
    public void Fit_ShareOfTheStart_LiesBetweenBeforeAndAfter()
    {
        var options = new TuningCase().Options with { Epochs = 1 };
        var (whole, half) = (new TuningCase { Options = options }.Fit(), new TuningCase { Options = options with { StartShare = 0.5 } }.Fit());

        Assert.Equal((1, 1), (whole.BestEpoch, half.BestEpoch));
        Assert.Equal(0.5f * TuningCase.Moved(whole, "second"), TuningCase.Moved(half, "second"), 1e-6f);
    }

    [Theory]
    [InlineData(FineTuningRecipe.Focal)]
    [InlineData(FineTuningRecipe.Ldam)]
    public void Fit_OtherLosses_Learn(string loss)
    {
        var usual = new TuningCase { Classes = 3 };
        var result = (usual with { Options = usual.Options with { Loss = loss } }).Fit();

        Assert.InRange(result.History[result.BestEpoch].CheckedLoss, 0, 0.7 * result.History[0].CheckedLoss);
        Assert.NotEqual(usual.Fit().History[1].TrainedLoss, result.History[1].TrainedLoss);
    }

    [Fact]
    public void Fit_SmallerPicturesFirst_LearnsAndIsCheckedAtTheWholeSide()
    {
        var usual = new TuningCase();
        var options = usual.Options with { FirstSide = 0.5, Epochs = 6 };
        var result = (usual with { Options = options }).Fit();

        Assert.Equal([8, 10, 14, 16, 16, 16], Enumerable.Range(0, 6).Select(epoch => TrainingStage.SideOf(epoch, 16, options)));
        Assert.Equal([128, 192, 224, 288, 288, 288], Enumerable.Range(0, 6).Select(epoch => TrainingStage.SideOf(epoch, 288, options)));
        Assert.Equal(16, result.Backbone.Normalization.Height);
        Assert.InRange(result.History[result.BestEpoch].CheckedLoss, 0, 0.7 * result.History[0].CheckedLoss);
    }

    [Fact]
    public void Fit_ThatDiverges_EndsWithTheBestSoFar()
    {
        var result = new TuningCase { Options = new TuningCase().Options with { Rate = 10, LargestGradient = float.MaxValue, WeightDecay = 1, WarmUp = 0, Epochs = 40 } }.Fit();

        Assert.All(TuningCase.Weights(result), weight => Assert.True(float.IsFinite(weight)));
        Assert.True(result.History[result.BestEpoch].CheckedLoss <= result.History[0].CheckedLoss);
    }

    [Fact]
    public void Fit_Patience_EndsEarly()
    {
        var result = new TuningCase { Options = new TuningCase().Options with { Epochs = 60, Patience = 2, Rate = 0.2 } }.Fit();

        Assert.InRange(result.Epochs, 2, 59);
        Assert.Equal(result.Epochs, result.BestEpoch + 3);
    }

    [Fact]
    public void Fit_PictureThatCannotBeRead_PassesTheRefusalOn()
    {
        Assert.Throws<DataException>(() => ImageFineTuning.Fit(
            TuningCase.Backbone,
            new LinearMargins(new float[TuningCase.Backbone.Width], new float[1]),
            sample => sample == 11 ? throw new DataException("damaged") : new TuningCase().Picture(sample),
            new ClassTargets([.. Enumerable.Range(0, 30).Select(i => i % 2)], 2), [.. Enumerable.Range(0, 20)], [.. Enumerable.Range(20, 10)], new TuningCase().Options, 1, TaskPool.Sequential));
    }

    [Fact]
    public void Check_OptionOutOfRange_SaysWhich()
    {
        FineTuningOptions[] wrong =
        [
            new() { Epochs = 0 }, new() { Batch = 0 }, new() { Rate = 0 }, new() { Rate = double.NaN }, new() { WarmUp = 0.6 }, new() { WeightDecay = -1 }, new() { LastBlocks = -1 }, new() { FirstRate = 0 },
            new() { Epochs = 3, UnfreezingEpochs = 3 }, new() { PullToStart = -1 }, new() { LargestGradient = 0 }, new() { Averaging = 1 }, new() { Smoothing = 1 }, new() { StartShare = 1 }, new() { Mixup = 0.6, CutMix = 0.6 },
            new() { Augmentation = "upside-down" }, new() { Patience = 0 }, new() { AdapterRank = -1 },
            new() { Loss = "hinge" }, new() { FirstSide = 0.1 }, new() { Mixup = double.NaN },
        ];

        Assert.All(wrong, options => Assert.Throws<ArgumentException>(options.Check));
        new FineTuningOptions().Check();
    }
}
