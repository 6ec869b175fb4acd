using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Trained networks as the journal keeps them.</summary>
internal static class DnaRecord
{
    private const string Count = "networks";

    /// <summary>The weights and running statistics of a network, in ordinal order.</summary>
    public static ImmutableArray<string> Names(Graph network) =>
        [.. network.Initializers.Where(pair => pair.Value is Tensor<float>).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>Puts the weights of networks into a record.</summary>
    public static void Write(FitRecord record, IReadOnlyList<Graph> networks)
    {
        record[Count] = [networks.Count];
        for (int number = 0; number < networks.Count; number++)
        {
            foreach (string name in Names(networks[number]))
            {
                record.SetPackedFloats($"{number}/{name}", ((Tensor<float>)networks[number].Initializers[name]).Values);
            }
        }
    }

    /// <summary>The networks again.</summary>
    /// <param name="record">What was kept.</param>
    /// <param name="untrained">The network with any weights.</param>
    public static ImmutableArray<Graph> Read(FitRecord record, Graph untrained) =>
    [
        .. Enumerable.Range(0, (int)record[Count][0]).Select(number => untrained.WithInitializers(Names(untrained).Select(name =>
            KeyValuePair.Create(name, (Tensor)new Tensor<float>(untrained.Initializers[name].Shape, record.PackedFloats($"{number}/{name}", untrained.Initializers[name].Length)))))),
    ];
}
