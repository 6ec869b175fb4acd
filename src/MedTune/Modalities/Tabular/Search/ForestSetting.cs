using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>One setting of the random forest.</summary>
/// <param name="LeafSamples">The smallest number of samples in a leaf.</param>
/// <param name="Trees">Number of trees.</param>
/// <param name="SplitShare">Share of the features tried at each split; 0 for the square root of their number.</param>
internal sealed record ForestSetting(int LeafSamples, int Trees, double SplitShare = 0)
{
    private const uint Kind = 2;

    /// <summary>What a search draws: leaves from pure to a twentieth of the samples, from few features per split to all.</summary>
    public static ForestSetting OfLot(int samples, ulong seed, int draw)
    {
        var lot = new SettingLot(seed, Kind, draw);
        int leaf = (int)Math.Round(lot.Scale(1, Math.Max(10, samples / 20.0)));
        return new ForestSetting(leaf, lot.OneOf(100, 200, 400), lot.Scale(0.1, 1));
    }

    /// <summary>The options for a number of features.</summary>
    public ForestOptions Options(int features) => new()
    {
        LeafSamples = LeafSamples,
        Trees = Trees,
        SplitFeatures = SplitShare > 0 ? Math.Max(1, (int)Math.Round(SplitShare * features)) : 0,
    };

    public SettingValues Values() => SplitShare > 0
        ? SettingValues.Of(("leaf samples", LeafSamples), ("trees", Trees), ("split share", SplitShare))
        : SettingValues.Of(("leaf samples", LeafSamples), ("trees", Trees));
}
