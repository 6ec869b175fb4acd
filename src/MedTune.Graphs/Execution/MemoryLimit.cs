using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>Refuses values before memory is taken for them: a file of a few bytes can ask for any amount.</summary>
internal static class MemoryLimit
{
    /// <summary>Refuses a node of which a value would be larger than the limit.</summary>
    /// <param name="node">The node, for the message.</param>
    /// <param name="types">Its outputs; those that are not concrete are passed over.</param>
    /// <param name="limit">Bytes.</param>
    public static void Check(Node node, ImmutableArray<TensorType> types, long limit)
    {
        foreach (var type in types)
        {
            if (!type.IsSequence && TensorStorage.Concrete(type) is { } shape)
            {
                Check(node, (long)shape.Length * Math.Max(1, type.Element.SizeInBytes()), limit);
            }
        }
    }

    /// <summary>Refuses a node whose values together would be larger than the limit.</summary>
    public static void Check(Node node, long bytes, long limit)
    {
        if (bytes > limit)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(
                node,
                string.Create(CultureInfo.InvariantCulture, $"it gives {bytes} bytes, more than the {limit} that the plan's options allow one value; raise the limit if the model is trusted.")));
        }
    }
}
