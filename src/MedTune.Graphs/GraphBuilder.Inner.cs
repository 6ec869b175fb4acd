
namespace MedTune.Graphs;

/// <content>Graphs inside of nodes.</content>
public sealed partial class GraphBuilder
{
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
