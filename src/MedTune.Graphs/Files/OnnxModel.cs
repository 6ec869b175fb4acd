using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Files;

/// <summary>What an ONNX file says, decoded but not yet checked as a graph and still in the operator versions of the file.</summary>
internal sealed record OnnxModel
{
    internal required long IrVersion { get; init; }

    internal required string DocString { get; init; }

    /// <summary>Version of each operator set, by domain (ONNX itself is the empty domain).</summary>
    internal required ImmutableSortedDictionary<string, int> Opsets { get; init; }

    internal required ImmutableSortedDictionary<string, string> Metadata { get; init; }

    internal required string GraphName { get; init; }

    internal string Description { get; init; } = string.Empty;

    internal required ImmutableArray<Value> Inputs { get; init; }

    internal required ImmutableArray<Value> Outputs { get; init; }

    internal required ImmutableArray<Node> Nodes { get; init; }

    internal required ImmutableSortedDictionary<string, Tensor> Initializers { get; init; }

    internal FileNotes Notes { get; init; } = FileNotes.None;
}
