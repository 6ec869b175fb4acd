using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>What a search draws for gradient boosting; the number of rounds is found inside each fit.</summary>
internal static class BoostingSpace
{
    private const uint Kind = 1;
    private const int MostLeaves = 64;

    // Enough for a margin to travel as far with small steps as with long ones.
    private const double Distance = 25;
    private const int FewestRounds = 300;
    private const int MostRounds = 1500;

    /// <summary>The options with size of trees, steps, penalties and shares drawn; everything else stays.</summary>
    public static BoostingOptions Draw(BoostingOptions options, ulong seed, int draw)
    {
        var lot = new SettingLot(seed, Kind, draw);
        int depth = lot.Whole(1, 8);
        double rate = lot.Scale(0.01, 0.3);
        return options with
        {
            LearningRate = rate,
            Rounds = Math.Clamp((int)(Distance / rate), FewestRounds, MostRounds),
            RowShare = lot.Even(0.5, 1),
            FeatureShare = lot.Even(0.3, 1),
            Tree = options.Tree with
            {
                Depth = depth,
                Leaves = Math.Min(1 << depth, MostLeaves),
                ChildWeight = lot.Scale(0.1, 20),
                Ridge = lot.Scale(0.1, 30),
            },
        };
    }

    public static SettingValues Values(BoostingOptions options) => SettingValues.Of(
        ("depth", options.Tree.Depth),
        ("learning rate", options.LearningRate),
        ("child weight", options.Tree.ChildWeight),
        ("ridge", options.Tree.Ridge),
        ("row share", options.RowShare),
        ("feature share", options.FeatureShare));
}
