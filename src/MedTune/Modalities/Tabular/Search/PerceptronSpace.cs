using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>What a search draws for the perceptron: one or two hidden layers, the learning rate and the weight decay.</summary>
internal static class PerceptronSpace
{
    private const uint Kind = 3;

    public static (ImmutableArray<int> Hidden, StochasticOptions Options) Draw(StochasticOptions options, ulong seed, int draw)
    {
        var lot = new SettingLot(seed, Kind, draw);
        int first = lot.OneOf(8, 16, 32, 64, 128);
        int second = lot.OneOf(0, first / 2);
        var drawn = options with
        {
            LearningRate = lot.Scale(0.0005, 0.02),
            Optimizer = options.Optimizer with { WeightDecay = (float)lot.Scale(0.001, 1) },
        };
        return (second == 0 ? [first] : [first, second], drawn);
    }

    public static SettingValues Values(ImmutableArray<int> hidden, StochasticOptions options) => SettingValues.Of(
    [
        .. hidden.Select((units, layer) => ($"hidden units {layer + 1}", (double)units)),
        ("learning rate", options.LearningRate),
        ("weight decay", (double)(decimal)options.Optimizer.WeightDecay),
    ]);
}
