using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Which weights of a network with its head train, and how fast in which epoch.</summary>
internal sealed class TrainedWeights
{
    private readonly FineTuningOptions _options;
    private readonly Graph _start;
    private readonly LowRankAdapters? _adapters;
    private readonly ImmutableArray<ImmutableArray<string>> _blocks;

    /// <summary>Chooses them.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="network">The network with its head.</param>
    /// <param name="options">Which blocks, adapters, rates.</param>
    /// <param name="seed">The run's seed.</param>
    public TrainedWeights(Graph backbone, Graph network, FineTuningOptions options, ulong seed)
    {
        (_options, _start) = (options, network);

        // A single number is part of a formula, such as the root by which attention divides.
        var weights = TrainableModel.Of(backbone);
        var blocks = NetworkBlocks.Of(backbone, weights.Parameters.Where(name => weights.Graph.Initializers[name].Length > 1));
        _blocks = options.LastBlocks is int last && last < blocks.Length ? blocks[^last..] : blocks;
        if (options.AdapterRank > 0)
        {
            // A weight in a Constant node trains itself.
            _adapters = LowRankAdapters.Beside(network, _blocks.SelectMany(block => block).Where(network.Initializers.ContainsKey), options.AdapterRank, seed);
            _blocks = [.. _blocks.Select(block => block.SelectMany(name => _adapters.InsteadOf(name)).ToImmutableArray())];
        }

        Graph = _adapters?.Graph ?? network;
    }

    /// <summary>The network to train, with adapters where they are wanted.</summary>
    public Graph Graph { get; }

    /// <summary>Everything that trains.</summary>
    public IEnumerable<string> Names => [HeadedNetwork.Weights, HeadedNetwork.Intercepts, .. _blocks.SelectMany(block => block)];

    /// <summary>Rates compared to the head's, and which weights decay.</summary>
    /// <param name="epoch">From 0.</param>
    public ImmutableArray<ParameterRate> Rates(int epoch)
    {
        var rates = ImmutableArray.CreateBuilder<ParameterRate>();
        rates.Add(new ParameterRate(HeadedNetwork.Intercepts, 1, 0));
        int resting = epoch >= _options.UnfreezingEpochs ? 0 : _blocks.Length - (_blocks.Length * epoch / _options.UnfreezingEpochs);
        for (int block = 0; block < _blocks.Length; block++)
        {
            // The head counts as one block more, which moves at the full rate.
            float rate = block < resting ? 0 : (float)DoubleMath.Pow(_options.FirstRate, (double)(_blocks.Length - block) / _blocks.Length);
            rates.AddRange(_blocks[block].Select(name => new ParameterRate(name, rate, IsMatrix(name) ? 1 : 0)));
        }

        return rates.ToImmutable();
    }

    /// <summary>A trained network in the form that it had before, without adapters, and with its share of the first weights.</summary>
    public Graph Merged(Graph trained)
    {
        var merged = _adapters?.Merged(trained) ?? trained;
        return _options.StartShare == 0 ? merged : merged.WithInitializers(merged.Initializers.Where(pair => pair.Value is Tensor<float>)
            .Select(pair => KeyValuePair.Create(pair.Key, (Tensor)Between((Tensor<float>)_start.Initializers[pair.Key], (Tensor<float>)pair.Value))));
    }

    private Tensor<float> Between(Tensor<float> before, Tensor<float> after)
    {
        float[] values = after.Values.ToArray();
        var first = before.Values;
        float share = (float)_options.StartShare;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += share * (first[i] - values[i]);
        }

        return new Tensor<float>(after.Shape, values);
    }

    private bool IsMatrix(string name) => !Graph.Initializers.TryGetValue(name, out var tensor) || tensor.Shape.Rank > 1;
}
