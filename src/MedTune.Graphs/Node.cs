using System.Collections.Immutable;

namespace MedTune.Graphs;

/// <summary>One use of an operator: which values go in, which come out, and the attributes that fix what it does.</summary>
/// <param name="OpType">The operator's ONNX name, such as <c>Gemm</c>.</param>
/// <param name="Inputs">Names of the input values; an empty name is an optional input left out.</param>
/// <param name="Outputs">Names of the output values; an empty name is an optional output nobody wants.</param>
/// <param name="Attributes">The attributes that are set.</param>
/// <param name="Domain">The operator's domain: empty for ONNX itself, <c>ai.onnx.ml</c>, or <c>medtune</c> for nodes that never leave the process.</param>
/// <param name="Name">For messages; may be empty.</param>
public sealed record Node(
    string OpType,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    Attributes Attributes,
    string Domain = "",
    string Name = "")
{
    /// <summary>What a file says of the node to people; empty by default.</summary>
    public string Documentation { get; init; } = string.Empty;
}
