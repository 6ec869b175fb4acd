using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>One network whose weights are the means of several that were fine-tuned from the same start (model soups: Wortsman et al., ICML 2022).</summary>
internal static class WeightSoup
{
    /// <summary>The mean of networks with the same layers.</summary>
    /// <param name="networks">At least one.</param>
    public static TunedNetwork Of(IReadOnlyList<TunedNetwork> networks)
    {
        var first = networks[0];
        var weights = first.Backbone.Graph.Initializers.ToBuilder();
        foreach (var (name, tensor) in first.Backbone.Graph.Initializers)
        {
            if (tensor is Tensor<float>)
            {
                weights[name] = new Tensor<float>(tensor.Shape, Mean([.. networks.Select(network => ((Tensor<float>)network.Backbone.Graph.Initializers[name]).Values.ToArray())]));
            }
        }

        return first with
        {
            Backbone = first.Backbone.WithWeights(weights.ToImmutable()),
            Head = new LinearMargins(Mean([.. networks.Select(network => network.Head.Weights)]), Mean([.. networks.Select(network => network.Head.Intercepts)])),
        };
    }

    private static float[] Mean(ImmutableArray<float[]> parts)
    {
        var mean = new float[parts[0].Length];
        for (int i = 0; i < mean.Length; i++)
        {
            double sum = 0;
            foreach (float[] part in parts)
            {
                sum += part[i];
            }

            mean[i] = (float)(sum / parts.Length);
        }

        return mean;
    }
}
