using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>Every operator there is, from written lists: nothing is found by scanning, so trimming keeps exactly these.</summary>
internal static partial class OperatorRegistry
{
    private static readonly FrozenDictionary<(string Domain, string Name), Operator> ByName = All.Concat(Blocked).Concat(Fused).ToFrozenDictionary(op => (op.Domain, op.Name));

    /// <summary>The operators, in the order of the lists.</summary>
    public static ImmutableArray<Operator> All => field.IsDefault
        ? field = [.. Arithmetic, .. Shaping, .. Imaging, .. Normalizing, .. Indexing, .. Convolving, .. Quantizing, .. Sequences, .. Learning, .. Elementary, .. Attending, .. Dynamic, .. Folding, .. Signals, .. Drawing]
        : field;

    /// <summary>The operator of a node.</summary>
    /// <exception cref="InvalidGraphException">There is none of this name.</exception>
    public static Operator For(Node node) =>
        Find(node.Domain, node.OpType) ?? throw new InvalidGraphException(NodeErrors.Sentence(
            node,
            $"there is no operator '{node.OpType}' in domain '{(node.Domain.Length == 0 ? "ai.onnx" : node.Domain)}'. The model uses something this version cannot run."));

    /// <summary>An operator by domain (<c>ai.onnx</c> and empty are the same) and name, or null. Upsample, which set 10 renamed, is found as Resize.</summary>
    public static Operator? Find(string domain, string name) =>
        ByName.GetValueOrDefault((domain == "ai.onnx" ? "" : domain, name == "Upsample" ? "Resize" : name));
}
