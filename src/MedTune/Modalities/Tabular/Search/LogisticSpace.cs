namespace MedTune.Modalities.Tabular;

/// <summary>What a search draws for logistic regression: the penalty, and whether long-tailed columns enter by their logarithm.</summary>
internal static class LogisticSpace
{
    private const uint Kind = 4;

    public static (double Penalty, bool Logarithms) Draw(ulong seed, int draw)
    {
        var lot = new SettingLot(seed, Kind, draw);
        return (lot.Scale(0.01, 3000), lot.OneOf(false, true));
    }

    public static SettingValues Values(double penalty, bool logarithms) =>
        SettingValues.Of(("penalty", penalty), ("logarithms", logarithms ? 1 : 0));
}
