using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Modalities.Images;

/// <summary>Fine-tunes with the plan's recipe and with recipes drawn by lot, and keeps what does best on pictures to check on.</summary>
/// <param name="usual">The plan's recipe.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="tune">Carries out a trial; the recipe of trial 0 is the plan's.</param>
/// <param name="judge">Calibrates a network and measures it on the pictures to check on.</param>
internal sealed class TuningSearch(FineTuningOptions usual, ulong seed, Func<int, FineTuningOptions, TunedNetwork> tune, Func<TunedNetwork, ImageFit> judge)
{
    /// <summary>Tries recipes.</summary>
    /// <param name="goesOn">Asked with the number of trials that are done whether there is another.</param>
    /// <returns>
    /// The plan's own recipe unless a drawn one is better by more than a standard error; in its place the soup of the best trials where that is no worse.
    /// </returns>
    public ImageFit Run(Func<int, bool> goesOn)
    {
        var networks = new List<TunedNetwork>();
        var fits = ImmutableArray.CreateBuilder<ImageFit>();
        do
        {
            int trial = networks.Count;
            var options = RecipeLot.Of(usual, seed, trial);
            networks.Add(tune(trial, options));
            var fit = judge(networks[trial]);
            fits.Add(trial == 0 ? fit : fit with { Setting = $"{RecipeLot.Words(options)}; {fit.Setting}" });
        }
        while (goesOn(networks.Count));

        if (networks.Count == 1)
        {
            return fits[0];
        }

        int kept = ImageFit.Preferred(fits.ToImmutable());
        var chosen = fits[kept];
        var soup = Soup(networks, fits, out int ingredients);
        bool isSoup = ingredients > 1 && soup.CheckedLoss <= chosen.CheckedLoss;
        string setting = string.Create(CultureInfo.InvariantCulture, $"soup of {ingredients} of {networks.Count} trials");
        var tried = fits.Select((fit, trial) => Tried(fit.Setting, RecipeLot.Values(RecipeLot.Of(usual, seed, trial)), trial > 0, fit, !isSoup && trial == kept));
        if (ingredients > 1)
        {
            tried = tried.Append(Tried(setting, [new("trials", ingredients)], true, soup, isSoup));
        }

        return (isSoup ? soup with { Setting = setting } : chosen) with { Epochs = fits[0].Epochs, Trials = networks.Count, Tried = [.. tried] };
    }

    /// <summary>Greedily: from the best trial on, each next one stays in the mean if the loss does not rise.</summary>
    private ImageFit Soup(List<TunedNetwork> networks, ImmutableArray<ImageFit>.Builder fits, out int ingredients)
    {
        int[] order = [.. Enumerable.Range(0, networks.Count).OrderBy(trial => fits[trial].CheckedLoss)];
        List<TunedNetwork> kept = [networks[order[0]]];
        var best = fits[order[0]];
        foreach (int trial in order.Skip(1))
        {
            var with = judge(WeightSoup.Of([.. kept, networks[trial]]));
            if (with.CheckedLoss <= best.CheckedLoss)
            {
                best = with;
                kept.Add(networks[trial]);
            }
        }

        ingredients = kept.Count;
        return best;
    }

    private static TriedSetting Tried(string setting, ImmutableArray<KeyValuePair<string, double>> values, bool isDrawn, ImageFit fit, bool isPreferred)
    {
        double mean = fit.CheckedLoss;
        int count = fit.CheckedLosses.Length;
        double error = count < 2 ? double.NaN : Math.Sqrt(fit.CheckedLosses.Sum(loss => (loss - mean) * (loss - mean)) / (count - 1) / count);
        return new TriedSetting(setting, values, isDrawn, mean, error, isPreferred, [], []);
    }
}
