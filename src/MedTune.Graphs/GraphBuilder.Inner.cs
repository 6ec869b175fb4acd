using System.Collections.Frozen;
using MedTune.Graphs.Files;

namespace MedTune.Graphs;

/// <content>Graphs inside of nodes, and what keeps the operator set of a file.</content>
public sealed partial class GraphBuilder
{
    // Operators that heads are made of and whose form has been the same since set 7: a graph with more of them can be written in its file's set.
    private static readonly FrozenSet<string> SameInEverySet =
        new[] { "Add", "Conv", "Div", "Flatten", "Gemm", "GlobalAveragePool", "Identity", "MatMul", "Mul", "Relu", "Reshape", "Sigmoid", "Sub", "Tanh", "Transpose" }.ToFrozenSet(StringComparer.Ordinal);

    // What the file that a graph came from says beside it.
    private FileNotes _notes = FileNotes.None;

    /// <summary>A builder for a graph that a node of this one will hold: fresh names differ from those of this graph.</summary>
    internal GraphBuilder Inner(string name)
    {
        _reserved.UnionWith(_types.Keys);
        return new GraphBuilder(name) { _fresh = _fresh, _reserved = _reserved };
    }

    /// <summary>Declares a value of the outer graph as an input of this one, with what is known of it.</summary>
    internal void Capture(string name, GraphBuilder outer)
    {
        _inputs.Add(Declare(name, outer[name].Type));
        if (outer.Known(name) is { } tensor)
        {
            _known[name] = tensor;
        }

        if (outer._elements.TryGetValue(name, out var elements))
        {
            _elements[name] = elements;
        }
    }
}
