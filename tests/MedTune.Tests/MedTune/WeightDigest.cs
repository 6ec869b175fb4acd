using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MedTune.Graphs.Files;
using MedTune.Prediction;

namespace MedTune.Tests;

/// <summary>A digest of a model's float initializers alone: what must be equal everywhere, whatever the product's version is.</summary>
internal static class WeightDigest
{
    public static string Of(ModelFile model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in model.Graph.Initializers)
        {
            if (tensor.Type == MedTune.Tensors.ElementType.Float)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                hash.AppendData(MemoryMarshal.AsBytes(tensor.Values<float>()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A digest of nodes and initializers, for models whose weights stand in the nodes, as trees do.</summary>
    public static string OfNodes(ModelFile model)
    {
        using var stream = new MemoryStream();
        foreach (var node in model.Graph.Nodes)
        {
            OnnxModelWriter.NodeMessage(node).WriteTo(stream);
        }

        return Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())) + Of(model);
    }

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
