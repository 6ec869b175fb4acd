using System.Text;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Architectures;

/// <summary>Numbers as a function of a name and an index; tests/TestData/Training/make_golden_steps.py computes the same.</summary>
internal static class HashedValues
{
    /// <summary>32 bits of an element.</summary>
    public static uint Bits(uint seed, int index)
    {
        uint h = unchecked(((uint)index * 0x9E3779B9) + seed);
        h ^= h >> 16;
        h = unchecked(h * 0x85EBCA6B);
        h ^= h >> 13;
        h = unchecked(h * 0xC2B2AE35);
        return h ^ (h >> 16);
    }

    /// <summary>The seed of a name: its 32-bit FNV-1a hash.</summary>
    public static uint Seed(string name)
    {
        uint seed = 2166136261;
        foreach (byte letter in Encoding.UTF8.GetBytes(name))
        {
            seed = unchecked((seed ^ letter) * 16777619);
        }

        return seed;
    }

    /// <summary>The network with first weights from this formula.</summary>
    public static Architecture Filled(Architecture network, double kernelGain = 8) => network with
    {
        Graph = network.Graph.WithInitializers(network.Parameters.Concat(network.Statistics).Select(name =>
            KeyValuePair.Create<string, Tensor>(name, FirstWeights(name, network.Graph.Initializers[name].Shape, kernelGain)))),
    };

    /// <summary>A number from -1 up to 1.</summary>
    public static double Even(uint seed, int index) => ((Bits(seed, index) >> 8) / 8388608.0) - 1;

    /// <summary>Numbers from -1 up to 1.</summary>
    public static void Fill(string name, Span<float> destination)
    {
        uint seed = Seed(name);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)Even(seed, i);
        }
    }

    /// <summary>First weights of a parameter or running statistic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="kernelGain">How much larger than usual kernels are: large weights before a normalization change slowly.</param>
    public static Tensor<float> FirstWeights(string name, Shape shape, double kernelGain = 8)
    {
        var tensor = new Tensor<float>(shape);
        if (name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("running_var", StringComparison.Ordinal))
        {
            tensor.Values.Fill(name.EndsWith("var", StringComparison.Ordinal) ? 1 : 0);
            return tensor;
        }

        bool isList = shape.Rank == 1;
        double gain = shape.Rank == 4 && !name.Contains("patch", StringComparison.Ordinal) ? kernelGain : 1;
        double scale = isList ? 0.1 : gain * Math.Sqrt(3.0 / new Shape(shape.Extents[1..]).Length);
        double center = isList && name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0;
        uint seed = Seed(name);
        for (int i = 0; i < tensor.Length; i++)
        {
            tensor.Values[i] = (float)(center + (scale * Even(seed, i)));
        }

        return tensor;
    }
}
