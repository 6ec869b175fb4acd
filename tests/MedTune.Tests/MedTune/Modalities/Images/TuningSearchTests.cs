using MedTune.Modalities.Images;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>What a search over recipes keeps: the plan's own unless another is clearly better, and the soup where it is no worse.</summary>
public sealed class TuningSearchTests
{
    [Fact]
    public void Run_WithoutMoreTrials_IsThePlansOwn()
    {
        var fit = Search([0.5]).Run(_ => false);

        Assert.Equal((0, ""), (fit.Trials, fit.Setting));
        Assert.Empty(fit.Tried);
    }

    [Fact]
    public void Run_TrialsThatAreNoBetter_KeepThePlansOwn()
    {
        var fit = Search([0.5, 0.8, 0.9], soup: 1).Run(done => done < 3);

        Assert.Equal((3, "", 0.5), (fit.Trials, fit.Setting, fit.CheckedLoss));
        Assert.Equal([true, false, false], fit.Tried.Select(tried => tried.IsPreferred));
        Assert.Equal([false, true, true], fit.Tried.Select(tried => tried.IsDrawn));
    }

    [Fact]
    public void Run_TrialThatIsClearlyBetter_IsTaken()
    {
        var fit = Search([0.5, 0.2], soup: 1).Run(done => done < 2);

        Assert.StartsWith("rate ", fit.Setting, StringComparison.Ordinal);
        Assert.Equal(0.2, fit.CheckedLoss);
    }

    [Fact]
    public void Run_SoupThatIsNoWorse_IsTaken()
    {
        var fit = Search([0.5, 0.2, 0.3], soup: 0.1).Run(done => done < 3);

        Assert.Equal("soup of 3 of 3 trials", fit.Setting);
        Assert.Equal(4, fit.Tried.Length);
        Assert.Equal([false, false, false, true], fit.Tried.Select(tried => tried.IsPreferred));

        // The mean of heads 0, 1 and 2.
        Assert.Equal(1, fit.Margins.Intercepts[0]);
    }

    [Fact]
    public void Of_DrawnRecipes_AreSoundAndDifferAndThePlansOwnComesFirst()
    {
        var usual = FineTuningOptions.For(400);
        var drawn = Enumerable.Range(0, 200).Select(trial => RecipeLot.Of(usual, 5, trial)).ToArray();

        Assert.Same(usual, drawn[0]);
        Assert.All(drawn, options => options.Check());
        Assert.True(drawn.Distinct().Count() > 190);
        Assert.All(drawn, options => Assert.InRange(options.Rate, usual.Rate / 4, usual.Rate * 4));
    }

    /// <summary>A search in which networks differ only in their head's intercept, the trial's number, and have these losses on four pictures; other intercepts are soups.</summary>
    private static TuningSearch Search(double[] losses, double soup = 0) => new(
        new FineTuningOptions(),
        1,
        (trial, _) => new TunedNetwork(TuningCase.Backbone, new LinearMargins(new float[TuningCase.Backbone.Width], [trial]), 3, 2, []),
        network =>
        {
            int trial = (int)network.Head.Intercepts[0];
            bool isTrial = Tried(network, trial);
            double loss = isTrial ? losses[trial] : soup;
            return new ImageFit("fine-tuned", "", network.Backbone, network.Head, MarginCalibration.None, 0.5, [loss, loss, loss, loss]);
        });

    // A soup has the very weights of no trial: its backbone is a new one.
    private static bool Tried(TunedNetwork network, int trial) => ReferenceEquals(network.Backbone, TuningCase.Backbone) && trial == network.Head.Intercepts[0];
}
